// The words of docs/api/native.md as types. This file follows that one, never the other way round.

import type { Join, Pipeline } from './sales_types';

export type Locale = 'en' | 'ja' | 'zh' | 'pt';
export type ThemeChoice = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

export const undo_send_choices = [0, 5, 10, 30, 60];

export interface Person {
  id: string;
  name: string;
  email: string;
  locale: Locale;
  theme: ThemeChoice;
  density: Density;
  time_zone: string;
  /** For SMS; "" when none is given. */
  phone: string;
  /** For so long a reply can be taken back: one of `undo_send_choices`. */
  undo_send_seconds: number;
  totp_enabled: boolean;
}

export interface Membership {
  id: string;
  app: 'desk' | 'crm' | 'bigin';
  name: string;
  role: Named;
}

export interface Session {
  person: Person;
  csrf_token: string;
  organisations: Membership[];
  version: string;
}

export interface Named {
  id: string;
  name: string;
}

export const field_kinds = [
  'text', 'long_text', 'rich_text', 'number', 'decimal', 'money', 'boolean', 'date', 'instant',
  'choice', 'multi_choice', 'tags', 'email', 'phone', 'url', 'link', 'user', 'auto_number',
] as const;
export type FieldKind = (typeof field_kinds)[number];

export interface Choice {
  name: string;
  label: string;
  /** The person neither gives it to a record nor takes it away. */
  may_choose?: false;
}

export interface Field {
  name: string;
  label: string;
  kind: FieldKind;
  required: boolean;
  unique: boolean;
  searchable: boolean;
  sortable: boolean;
  read_only: boolean;
  custom: boolean;
  max_chars?: number;
  scale?: number;
  choices?: Choice[];
  link_to?: string;
  default?: unknown;
}

export interface Module {
  name: string;
  label: string;
  label_plural: string;
  title_field: string;
  may: string[];
  fields: Field[];
}

export type StatusType = 'open' | 'on_hold' | 'closed';

export interface Status {
  name: string;
  label: string;
  type: StatusType;
  position?: number;
  /** Comes with the product: it may be renamed, not deleted. */
  is_system?: boolean;
}

export interface Department {
  id: string;
  name: string;
  is_enabled: boolean;
}

export interface Agent {
  id: string;
  name: string;
  email: string;
  status: 'active' | 'invited' | 'disabled';
  department_ids: string[];
  role_name: string;
}

/** What one request may hold at most: records, bytes, people. Each application tells those of its own requests. */
export type Limit = 'bulk_ids' | 'import_file_bytes' | 'upload_bytes' | 'mail_files_bytes' | 'mail_recipients' | 'tickets_merged' | 'attachment_bytes';

export interface Meta {
  /** `currency`: of all its amounts, such as "EUR"; null when none was chosen. */
  organisation: Named & { currency?: string | null };
  me: {
    person_id: string;
    agent_id: string;
    name: string;
    email: string;
    role: Named & { kind: 'administrator' | 'agent' | 'light_agent' | 'custom' };
    department_ids: string[];
    /** Belongs to no department, so that no ticket is shown. */
    sees_no_tickets?: boolean;
    may: string[];
  };
  /** What the organisation has switched on. */
  features: { ticket_sharing?: boolean };
  limits: Partial<Record<Limit, number>>;
  modules: Module[];
  departments: Department[];
  agents: Agent[];
  statuses: Status[];
  /** CRM and Bigin have these, and no departments and statuses. */
  team_pipelines: Named[];
  pipelines: Pipeline[];
  joins: Join[];
}

/** A link to another record, as it stands in a field. */
export interface Linked {
  id: string;
  title: string;
  email?: string;
}

/** A record of any module. Its own fields are `unknown` until a field kind reads them. */
export interface RecordData {
  id: string;
  revision: string | number;
  module: string;
  title: string;
  custom: Record<string, unknown>;
  may: string[];
  read_only?: string[];
  [field: string]: unknown;
}

export interface RecordList {
  records: RecordData[];
  next_cursor: string | null;
  count?: number;
  count_is_exact?: boolean;
}

export interface View {
  id: string;
  name: string;
  kind: 'ready' | 'custom';
  /** Custom views are counted when they are asked about. */
  count: number | null;
  count_is_exact: boolean;
}

export type ViewAudience = 'owner' | 'everybody' | 'departments' | 'roles';

/** A view that somebody made. */
export interface CustomView extends View {
  kind: 'custom';
  owner: Linked;
  is_shared: boolean;
  audience: { kind: ViewAudience; ids: string[] };
  /** Conditions as they are kept; null when they say something that is hidden from me. */
  filter: unknown;
  sort: string;
  columns: string[];
  revision: number;
  /** Which condition no longer holds. */
  fault: RefusalBody | null;
  may: string[];
}

export interface Views {
  views: (View | CustomView)[];
  may_share: boolean;
}

export interface BulkResult {
  id: string;
  ok: boolean;
  error?: RefusalBody;
}

export type RefusalKind =
  | 'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'too_large' | 'busy'
  /** The answer never came: no connection, or not an answer of ours. */
  | 'unreachable';

export interface Fault {
  field: string | null;
  code: string;
  message: string;
}

export interface RefusalBody {
  kind: RefusalKind;
  code: string;
  message: string;
  field: string | null;
  faults: Fault[];
  /** Only beside the refusal of GET /session. */
  setup_needed?: boolean;
}

export interface Author {
  id: string | null;
  name: string;
  kind?: 'person' | 'agent' | 'contact' | 'system';
  email?: string;
}

export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

export interface HistoryEntry {
  id: string;
  at: string;
  verb: string;
  author: Author;
  path: 'ui' | 'api' | 'mail' | 'import' | 'system';
  changes: FieldChange[];
  detail: Record<string, unknown> | null;
}

export interface HistoryPage {
  entries: HistoryEntry[];
  next_cursor: string | null;
}

/** A stretch of a text, which holds a word that was searched for or not. */
export interface TextPart {
  text: string;
  is_match: boolean;
}

export interface SearchHit {
  id: string;
  title: string;
  subtitle: string | null;
  status?: string;
  /** The title in parts, when a word stands in it. */
  title_parts?: TextPart[];
  /** Where else a word stands. */
  excerpt?: { field: string; parts: TextPart[] };
}

export interface SearchGroup {
  module: string;
  records: SearchHit[];
  more: boolean;
}

export interface Upload {
  id: string;
  name: string;
  size_bytes: number;
  content_type: string;
}

/** What the event stream says when a record changed. */
export interface Change {
  module: string;
  id: string;
  verb: string;
  revision: string | number;
}
