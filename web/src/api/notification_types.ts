import type { Author } from './types';

/** What a person was told without asking. */
export interface Told {
  id: string;
  kind: string;
  at: string;
  read_at: string | null;
  by: Author;
}

/** In Desk. `kind` is a word of the catalogue, `app.notifications.kind`. */
export interface Notification extends Told {
  /** Null of a reminder, which names its activity. */
  ticket: { id: string; title: string; number: number | null } | null;
  activity: { module: string; id: string; title: string } | null;
}

interface NamedRecord {
  module: string;
  id: string;
  title: string;
}

/** In CRM and Bigin. `kind` is a word of the catalogue, `signals.kind`. */
export interface Signal extends Told {
  record: NamedRecord;
  /** How the note begins that mentions the person. */
  note: string | null;
  /** Whom to call or to write to. */
  person: (NamedRecord & { phone: string | null; email: string | null }) | null;
  /** An open task that the person may complete. */
  may_complete: boolean;
}

export interface SignalSwitch {
  channel: string;
  name: string;
  is_on: boolean;
}

export interface NotificationList {
  notifications: (Notification | Signal)[];
  unread_count: number;
}
