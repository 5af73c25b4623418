// Texts that are used again, as the native API writes them.

import type { Attachment } from './ticket_types';

export const template_audiences = ['owner', 'department', 'everybody'] as const;
export type TemplateAudience = (typeof template_audiences)[number];

export interface ReplyTemplate {
  id: string;
  name: string;
  folder: string;
  subject: string;
  html: string;
  /** "" is a text in no one language. */
  locale: string;
  audience: TemplateAudience;
  department: { id: string; title: string } | null;
  files: { id: string; name: string; size_bytes: number }[];
  use_count: number;
  used_at: string | null;
  may_change: boolean;
}

export interface ReplyTemplates {
  templates: ReplyTemplate[];
  /** The names that may stand in braces. */
  placeholders: string[];
  /** The language of the ticket's customer. */
  locale: string;
}

/** What a mail begins with below its text, of an agent or a department; '' when there is none. */
export interface Signature {
  html: string;
  /** The names that may stand in braces. */
  placeholders: string[];
}

/** A template with the words of a ticket put in. */
export interface FilledTemplate {
  subject: string;
  html: string;
  files: Attachment[];
}
