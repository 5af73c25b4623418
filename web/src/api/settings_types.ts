import type { FieldKind, Choice, Named, Linked } from './types';

/** An agent as those who manage people see them. */
export interface ManagedAgent {
  agent_id: string;
  person_id: string;
  name: string;
  email: string;
  role: Named;
  department_ids: string[];
  status: 'active' | 'invited' | 'disabled';
  invited_at: string | null;
  last_seen_at: string | null;
  totp_enabled: boolean;
}

export type FieldRight = 'read' | 'write' | 'hidden';

export interface Role {
  id: string;
  name: string;
  kind: string;
  is_system: boolean;
  /** Whether the reader may give the role to somebody: it allows nothing that their own does not. */
  may_give: boolean;
  rights: Record<string, string[]>;
  fields: Record<string, Record<string, FieldRight>>;
  /** What the role may do in the settings. */
  duties?: string[];
}

/** What a role may say of each field of a module. */
export type FieldChoices = Record<string, Record<string, FieldRight[]>>;

export interface RolesAnswer {
  roles: Role[];
  field_choices: FieldChoices;
}

export interface MailServer {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  user: string;
  has_password?: boolean;
  password?: string;
  folder?: string;
}

export interface Mailbox {
  id: string;
  department: Linked;
  address: string;
  display_name: string;
  imap: MailServer;
  smtp: MailServer;
  is_enabled: boolean;
  state: 'ok' | 'failing' | 'never';
  last_error: string | null;
  last_success_at: string | null;
  poll_seconds: number;
  /** Answers ask for replies to an address that names the ticket: support+t….@example.com. */
  uses_plus_address: boolean;
}

export interface MailboxCheck {
  imap: { ok: boolean; message: string };
  smtp: { ok: boolean; message: string };
}

export interface ParkedMail {
  id: string;
  received_at: string;
  mailbox: string | Linked | null;
  from: string;
  subject: string;
  reason: string;
  size_bytes: number;
  /** Whether the mail itself was kept: without it nothing can be tried again or read. */
  is_kept: boolean;
}

/** What became of a mail that was taken in again. */
export interface RetriedMail {
  outcome: 'ticket' | 'thread' | 'bounce' | 'auto_reply' | 'duplicate' | 'parked';
  ticket_id: string | null;
  thread_id: string | null;
  reason: string;
}

export interface CustomField {
  name: string;
  label: string;
  kind: FieldKind;
  required: boolean;
  unique: boolean;
  searchable: boolean;
  choices?: Choice[];
  max_chars?: number;
  scale?: number;
  link_to?: string;
  default?: unknown;
}

export interface OAuthClient {
  id: string;
  name: string;
  client_id: string;
  client_secret?: string;
  kind: 'self' | 'web' | 'public';
  redirect_uris: string[];
  created_at: string;
}

export interface OAuthToken {
  id: string;
  client_name: string;
  scopes: string[];
  created_at: string;
  last_used_at: string | null;
}

export interface AuditEntry {
  id: string;
  at: string;
  actor: string | Named | null;
  what: string;
  detail: unknown;
  address: string | null;
}

export interface OpenSession {
  id: string;
  created_at: string;
  last_seen_at: string;
  address: string;
  agent: string;
  current: boolean;
}

export interface Invitation {
  email: string;
  name: string | null;
  organisation: Named;
  role_name: string;
  has_account: boolean;
}

export interface NotificationRule {
  /** settings.notification_rules.events.<event> */
  event: string;
  mail: boolean;
  sms: boolean;
  has_fixed_template: boolean;
}

export interface NotificationTemplate {
  event: string;
  locale: string;
  subject: string;
  text: string;
  sms_text: string;
  is_own: boolean;
  is_fixed: boolean;
}

export interface SmsGateway {
  url: string;
  method: string;
  content_type: string;
  body: string;
  headers: { name: string; has_value: boolean }[];
  is_enabled: boolean;
  last_failure: { at: string; message: string } | null;
}

export interface SmsTestAnswer {
  ok: boolean;
  message: string;
}
