/** A record as previews and suggestions show it. */
export interface RecordHit {
  id: string;
  title: string;
  revision: number;
  email?: string;
  phone?: string;
}

export interface RecordMergePreview {
  target: RecordHit;
  records: RecordHit[];
  fields: { name: string; winner: string; values: { record: string; text: string }[] }[];
}

export interface DoneRecordMerge {
  id: string;
  at: string;
  records: { id: string; title: string }[];
}

/** A record that may be the same as another one, or as what is being typed. */
export interface Duplicate {
  module: string;
  reason: 'email' | 'phone' | 'name';
  record: RecordHit;
}
