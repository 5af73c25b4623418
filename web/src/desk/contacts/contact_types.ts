/** A contact as previews and suggestions show it. */
export interface ContactHit {
  id: string;
  title: string;
  revision: number;
  email: string;
  phone: string;
  job_title: string;
}

export interface ContactMergePreview {
  target: ContactHit;
  contacts: (ContactHit & { tickets: number; tickets_is_exact: boolean })[];
  fields: { name: string; winner: string; values: { contact: string; text: string }[] }[];
  other_emails: string[];
  other_phones: string[];
}

export interface DoneContactMerge {
  id: string;
  at: string;
  contacts: { id: string; title: string }[];
}

export interface Duplicate {
  reason: 'email' | 'phone' | 'name' | 'full_name';
  contact: ContactHit;
}

export interface DuplicatePair {
  reason: Duplicate['reason'];
  contacts: [ContactHit, ContactHit];
}
