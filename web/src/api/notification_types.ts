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
  work: null;
  /** How the note begins that mentions the person. */
  note: string | null;
  /** Whom to call or to write to. */
  person: (NamedRecord & { phone: string | null; email: string | null }) | null;
  /** An open task that the person may complete. */
  may_complete: boolean;
}

/** Of CRM and Bigin as well, but about no single record: how an import or a bulk job ended, or how many records somebody gave away at once. */
export interface WorkSignal extends Told {
  record: null;
  work: {
    module: string;
    /** Of the import or the job. */
    id: string;
    /** A job that gave records out. */
    is_read: boolean;
    file_name: string | null;
    /** What it failed of. */
    fault: string | null;
    count: number;
    added: number;
    updated: number;
    skipped: number;
    refused: number;
    /** Its report can still be read. */
    has_report: boolean;
  };
}

export interface SignalSwitch {
  channel: string;
  name: string;
  is_on: boolean;
}

export interface NotificationList {
  notifications: (Notification | Signal | WorkSignal)[];
  unread_count: number;
}
