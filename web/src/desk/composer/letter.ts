import type { Address, Attachment, DraftText, ReplyDraft, ReplyKind } from '@/api';
import { isRecipient, recipientText } from './recipients';
import { saysNothing } from './signature';

export type LetterKind = ReplyKind | 'comment';

/** What somebody is writing on a ticket. */
export interface Letter {
  kind: LetterKind;
  to: string[];
  cc: string[];
  bcc: string[];
  subject: string;
  html: string;
  is_public: boolean;
  from_mailbox_id: string | null;
  include_attachments: boolean;
  /** The signature that the text began with, '' when it is not known or there is none. Null: it is to be put in. */
  signature: string | null;
}

export const letter_kinds: LetterKind[] = ['reply', 'reply_all', 'forward', 'comment'];

/** The ways to write that the server allows on this ticket. A reply to all is a reply. */
export function kindsFor(may: string[]): LetterKind[] {
  return letter_kinds.filter((kind) => may.includes(kind === 'reply_all' ? 'reply' : kind));
}

export function emptyLetter(kind: LetterKind): Letter {
  return { kind, to: [], cc: [], bcc: [], subject: '', html: '', is_public: false, from_mailbox_id: null, include_attachments: true, signature: null };
}

/** The letter addressed as the server proposes. What is written already stays. */
export function addressedLetter(letter: Letter, draft: ReplyDraft): Letter {
  return {
    ...letter, to: writable(draft.to), cc: writable(draft.cc), subject: draft.subject,
    from_mailbox_id: draft.from_mailbox_id,
  };
}

export interface Proposed { kind: LetterKind; cc: string[] }

/** A newer proposal's copied people, in a letter whose copies nobody has touched since the last one; else the letter as it is. */
export function withNewCopies(letter: Letter, last: Proposed | null, draft: ReplyDraft): Letter {
  const is_untouched = last !== null && last.kind === letter.kind && JSON.stringify(last.cc) === JSON.stringify(letter.cc);
  return is_untouched ? { ...letter, cc: writable(draft.cc) } : letter;
}

/** A contact without an address can't be written to. */
function writable(people: Address[]): string[] {
  return people.filter(({ address }) => address !== '').map(recipientText);
}

/** A comment is private again: that it was public is said anew before it goes out. A signature stands in the text. */
export function letterFromDraft(draft: DraftText): Letter {
  const { kind, to, cc, bcc, subject, html, from_mailbox_id, include_attachments } = draft;
  return { kind, to, cc, bcc, subject, html, from_mailbox_id, include_attachments, is_public: false, signature: '' };
}

export function draftTextOf(letter: Letter, files: Attachment[]): DraftText {
  const { kind, to, cc, bcc, subject, from_mailbox_id, include_attachments } = letter;
  const html = isBlank(letter, files) ? '' : letter.html;
  return { kind, to, cc, bcc, subject, html, from_mailbox_id, include_attachments, attachment_ids: files.map((file) => file.id) };
}

/** Nobody has written anything; a signature alone is nothing. */
export function isBlank(letter: { html: string; signature?: string | null }, files: { length: number }): boolean {
  return files.length === 0 && saysNothing(letter.html, letter.signature);
}

export type LetterFault = 'no_text' | 'no_recipient' | 'wrong_recipient' | 'files_too_large';

/** Why a letter can't go out yet; null when it can. A mail takes `files_bytes_max` bytes of files. */
export function letterFault(letter: Letter, files: Attachment[], files_bytes_max: number): LetterFault | null {
  if (letter.kind !== 'comment') {
    if (letter.to.length === 0) return 'no_recipient';
    if (![...letter.to, ...letter.cc, ...letter.bcc].every(isRecipient)) return 'wrong_recipient';
    if (goingFiles(letter, files).reduce((sum, file) => sum + file.size_bytes, 0) > files_bytes_max) return 'files_too_large';
  }
  const may_be_empty = letter.kind === 'forward' || files.length > 0;
  return saysNothing(letter.html, letter.signature) && !may_be_empty ? 'no_text' : null;
}

/** Without the pictures that were taken out of the text again. */
function goingFiles(letter: Letter, files: Attachment[]): Attachment[] {
  return files.filter((file) => !file.is_inline || letter.html.includes(`/attachments/${file.id}`));
}

/** What goes to the server. `status` closes or parks the ticket in the same act. */
export function replyBody(letter: Letter, files: Attachment[], status: string | null): Record<string, unknown> {
  const body: Record<string, unknown> = {
    kind: letter.kind, to: letter.to, cc: letter.cc, bcc: letter.bcc, html: letter.html,
    attachment_ids: goingFiles(letter, files).map((file) => file.id),
  };
  if (letter.from_mailbox_id !== null) body.from_mailbox_id = letter.from_mailbox_id;
  if (status !== null) body.status = status;
  if (letter.kind === 'forward') {
    body.include_attachments = letter.include_attachments;
    if (letter.subject.trim() !== '') body.subject = letter.subject;
  }
  return body;
}
