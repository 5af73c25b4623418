// What CRM and Bigin know beside modules and their fields.

import type { Choice } from './types';

export type Outcome = 'open' | 'won' | 'lost';

/** A step of a deal on its way. */
export interface Stage {
  id: string;
  name: string;
  probability: number;
  outcome: Outcome;
  forecast: string | null;
}

/** The stages that a kind of deals goes through, in their order. */
export interface Pipeline {
  id: string;
  name: string;
  team_pipeline: string;
  is_default: boolean;
  stages: Stage[];
}

/** A list of records that belong to one, many with many: the contacts of a deal. */
export interface Join {
  /** The module whose records have the list. */
  module: string;
  list: string;
  label: string;
  /** The module whose records stand in it. */
  of: string;
  /** Who may change its record may change the list, from either side. */
  holder: string;
  may_change: boolean;
  /** What is said of each of them, such as the role that a contact has in a deal. */
  said: { name: string; label: string; choices: Choice[] } | null;
}
