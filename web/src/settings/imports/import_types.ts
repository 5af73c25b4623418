export type ImportState = 'fresh' | 'checking' | 'ready' | 'running' | 'ended' | 'stopped' | 'failed';

export interface ImportSettings {
  encoding: string;
  separator: string;
  columns: string[];
  match: string;
  on_match: 'update' | 'skip' | 'refuse';
  on_new: 'add' | 'skip';
  on_missing: 'refuse' | 'add';
  dates: 'year_first' | 'day_first' | 'month_first';
  absent: Record<string, string>;
}

export interface ImportCounts {
  total: number;
  done: number;
  added: number;
  updated: number;
  skipped: number;
  refused: number;
  contacts_added: number;
  accounts_added: number;
}

/** An import as the list shows it. */
export interface ImportRow {
  id: string;
  module: string;
  state: ImportState;
  file_name: string;
  size_bytes: number;
  by: { id: string; name: string };
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  fault: string;
  counts: ImportCounts;
  settings: ImportSettings;
}

/** With its first rows, as long as the file is kept, and what its columns may be. */
export interface ImportData extends ImportRow {
  headings?: string[];
  rows?: string[][];
  fields: { name: string; label: string; required: boolean }[];
  match_fields: string[];
  encodings: string[];
  /** The modules of customers that rows may bring along. */
  customers: string[];
}

export interface ImportFault {
  line: number;
  field: string;
  code: string;
  message: string;
  value: string;
}

export function isUnderWay(state: ImportState): boolean {
  return state === 'checking' || state === 'running';
}

export function isOver(state: ImportState): boolean {
  return state === 'ended' || state === 'stopped' || state === 'failed';
}
