import type { Author, FieldChange, Linked, RecordData } from './types';

export interface Address {
  name: string;
  address: string;
}

export interface Attachment {
  id: string;
  name: string;
  size_bytes: number;
  content_type: string;
  is_inline?: boolean;
  content_id?: string | null;
  /** What the person may do with a file of the ticket itself. */
  may?: string[];
}

export interface Delivery {
  state: 'queued' | 'sent' | 'failed' | 'bounced';
  message: string | null;
  attempts: number;
  next_try_at: string | null;
}

/** How a call went. */
export interface CallOfThread {
  started_at: string;
  seconds: number;
  result: string;
  number: string;
  recording_url: string;
}

export interface ThreadItem {
  id: string;
  type: 'thread';
  direction: 'in' | 'out';
  channel: string;
  /** When it came to be here; `sent_at` is what its mail says, as far as that can be. */
  at: string;
  sent_at?: string;
  author: Author;
  from: string | Address | null;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string;
  html: string;
  quoted_html: string | null;
  text_preview: string;
  has_remote_images: boolean;
  attachments: Attachment[];
  is_forward: boolean;
  is_private?: boolean;
  is_description: boolean;
  delivery: Delivery | null;
  is_auto_reply: boolean;
  call?: CallOfThread | null;
}

export interface CommentItem {
  id: string;
  type: 'comment';
  at: string;
  edited_at: string | null;
  author: Author;
  html: string;
  is_public: boolean;
  attachments: Attachment[];
  may: string[];
}

export interface EventItem {
  id: string;
  type: 'event';
  at: string;
  author: Author;
  path: string;
  verb: string;
  changes: FieldChange[];
  detail: Record<string, unknown> | null;
}

export type TimelineItem = ThreadItem | CommentItem | EventItem;

export interface TimelinePage {
  items: TimelineItem[];
  older_cursor: string | null;
}

export type ReplyKind = 'reply' | 'reply_all' | 'forward';

export interface ReplyDraft {
  to: Address[];
  cc: Address[];
  subject: string;
  quoted_html: string;
  /** What the text begins with, below the cursor; '' when there is none. */
  signature_html: string;
  from_mailbox_id: string | null;
  mailboxes: { id: string; address: string }[];
  attachments: Attachment[];
}

/** An unsent text with its recipients and files. */
export interface DraftText {
  kind: ReplyKind | 'comment';
  to: string[];
  cc: string[];
  bcc: string[];
  subject: string;
  html: string;
  attachment_ids: string[];
  from_mailbox_id: string | null;
  include_attachments: boolean;
  /** Those of `attachment_ids` that still wait on the server; only the server says them. */
  files?: Attachment[];
  /** Names of files that waited for too long; only the server says them. */
  gone_files?: string[];
}

/** What I write on a ticket: the text that was written on last, and those for other readers. */
export interface SavedDraft extends DraftText {
  set_aside: DraftText[];
  revision: string;
  saved_at: string;
}

/** A telephone call that rings or lasts, as a telephone system told it. */
export interface OngoingCall {
  id: string;
  number: string;
  direction: string;
  rang_at: string;
  is_answered: boolean;
  department_id: string;
  /** On which it was noted already. */
  ticket_id: string | null;
  contact: {
    id: string;
    title: string;
    open_tickets: { id: string; number: number; title: string; status: string }[];
    last_call: { ticket_id: string; at: string; result: string; seconds: number; with: string } | null;
  } | null;
}

/** A reply of mine that can be taken back, or could not leave. */
export interface HeldReply {
  id: string;
  ticket_id: string;
  ticket_number: number;
  ticket_subject: string;
  /** Whether it can be opened still. */
  is_ticket_seen: boolean;
  due_in_ms: number;
  text: DraftText;
  refusal: { code: string; field: string; message: string } | null;
}

export const share_accesses = ['full', 'restricted', 'read_only'] as const;
/** What a department may do with a ticket that is shared with it, from the most to the least. */
export type ShareAccess = (typeof share_accesses)[number];

/** Who has a ticket besides its own department. */
export interface TicketShares {
  access: ShareAccess | 'own';
  department: Linked;
  shares: { department: Linked; access: ShareAccess }[];
}

/** What merging tickets will do. */
export interface MergePreview {
  target: { id: string; number: string; title: string; revision: number };
  tickets: {
    id: string;
    number: string;
    title: string;
    revision: number;
    threads: number;
    comments: number;
    attachments: number;
    private_parts: number;
    /** How many people's unsent texts come along. */
    drafts: number;
    is_of_another_contact: boolean;
    contact: string;
  }[];
  /** Addresses that become copied people. */
  copied: string[];
  /** How many other departments see the target. */
  shared_with: number;
  /** How many departments see one of the others and not the target. */
  shares_ending: number;
  /** How many followers the target has no room for. */
  followers_left: number;
}

/** A merge that can still be undone. */
export interface DoneMerge {
  id: string;
  at: string;
  tickets: { id: string; number: string; title: string }[];
}

export interface PresenceOther {
  agent_id: string;
  name: string;
  state: 'viewing' | 'replying';
}

export type Ticket = RecordData;
