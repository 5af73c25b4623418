/** What the server counts. A figure that is hidden from the role is absent. */
export interface Tally {
  created?: number;
  closed?: number;
  open?: number;
  answered?: number;
  average_first_answer_minutes?: number | null;
  resolved?: number;
  average_resolution_minutes?: number | null;
  response_kept?: number;
  response_missed?: number;
  resolution_kept?: number;
  resolution_missed?: number;
  rated_good?: number;
  rated_okay?: number;
  rated_bad?: number;
}

export interface TotalFigures extends Tally {
  unassigned: number | null;
  overdue: number | null;
}

export interface DayFigures extends Tally {
  day: string;
  backlog?: number;
}

/** A row of a table: `key` is what the list behind is asked for, empty or "0" for none. */
export interface KeyFigures extends Tally {
  key: string;
  title: string;
}

export interface Band {
  band: number;
  count: number;
  until_minutes: number | null;
}

export interface Durations {
  half_within_minutes: number | null;
  nine_tenths_within_minutes: number | null;
  bands: Band[];
}

export interface Scope {
  from: string;
  until: string;
  today: string;
  time_zone: string;
  counted_at: string;
}

export interface Figures extends Scope {
  is_ready: true;
  total: TotalFigures;
  days: DayFigures[];
  created_by_hour: number[];
  first_answer: Durations | null;
  resolution: Durations | null;
  agents: KeyFigures[] | null;
  departments: KeyFigures[] | null;
  channels: KeyFigures[] | null;
  priorities: KeyFigures[] | null;
  tags: KeyFigures[] | null;
}

export interface BeingCounted extends Scope {
  is_ready: false;
  counted_percent: number;
}

export type Dashboard = Figures | BeingCounted;

/** What is behind a figure, in the words of the address. */
export interface Behind {
  figure: string;
  from?: string;
  until?: string;
  department?: string;
  owner?: string;
  channel?: string;
  priority?: string;
  tag?: string;
  hour?: number;
  band?: number;
}
