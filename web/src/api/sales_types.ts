// What CRM and Bigin know of deals.

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
