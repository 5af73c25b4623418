import type { Attachment, DraftText, SavedDraft } from '@/api';
import { draftTextOf, emptyLetter, isBlank, letterFromDraft } from './letter';
import type { Letter, LetterKind } from './letter';

// Answers, forwards and comments are for different readers. Each has a text, recipients and files of its own, so that
// what is written for colleagues never stands in a mail because somebody pressed another tab.

export type Slot = 'answer' | 'forward' | 'note';
export const slots: Slot[] = ['answer', 'forward', 'note'];

/** Everything somebody writes on a ticket, and which of it is shown. */
export interface Writing {
  shown: LetterKind;
  letters: Partial<Record<Slot, Letter>>;
}

export type SlotFiles = Record<Slot, Attachment[]>;

/** A reply and a reply to all are one text. */
export function slotOf(kind: LetterKind): Slot {
  if (kind === 'comment') return 'note';
  return kind === 'forward' ? 'forward' : 'answer';
}

export function shownLetter(writing: Writing | null): Letter | null {
  return writing === null ? null : (writing.letters[slotOf(writing.shown)] ?? null);
}

/**
 * The shown letter; in place of an empty one of a kind that may no longer be sent, another with words in it.
 */
export function readableLetter(writing: Writing | null, files: SlotFiles, kinds: LetterKind[]): Letter | null {
  const shown = shownLetter(writing);
  const hasWords = (letter: Letter | undefined) => letter !== undefined && !isBlank(letter, files[slotOf(letter.kind)]);
  if (writing === null || shown === null || kinds.includes(shown.kind) || hasWords(shown)) return shown;
  return slots.map((slot) => writing.letters[slot]).find(hasWords) ?? null;
}

/** The same with `letter` shown. */
export function withLetter(writing: Writing | null, letter: Letter): Writing {
  return { shown: letter.kind, letters: { ...writing?.letters, [slotOf(letter.kind)]: letter } };
}

/** `kind` shown: its own text when there is one. `is_new` asks for recipients: nobody has chosen them for this kind. */
export function switchedTo(writing: Writing | null, kind: LetterKind): { writing: Writing; is_new: boolean } {
  const present = writing?.letters[slotOf(kind)];
  if (present?.kind === kind) return { writing: withLetter(writing, present), is_new: false };
  const letter = present === undefined ? emptyLetter(kind) : { ...present, kind, to: [], cc: [] };
  return { writing: withLetter(writing, letter), is_new: true };
}

/** Whether there is no word and no file in any of it. */
export function isNothing(writing: Writing, files: SlotFiles): boolean {
  return slots.every((slot) => {
    const letter = writing.letters[slot];
    return letter === undefined || isBlank(letter, files[slot]);
  });
}

/** What is left when one text is done: another with something in it, or nothing. */
export function withoutSlot(writing: Writing, files: SlotFiles, done: Slot): Writing | null {
  const letters = { ...writing.letters };
  delete letters[done];
  const next = slots.map((slot) => letters[slot]).find((letter) => letter !== undefined && !isBlank(letter, files[slotOf(letter.kind)]));
  return next === undefined ? null : { shown: next.kind, letters };
}

export type Draft = Omit<SavedDraft, 'saved_at' | 'revision'>;

export function draftOf(writing: Writing, files: SlotFiles): Draft {
  const shown = shownLetter(writing) ?? emptyLetter(writing.shown);
  const textOf = (letter: Letter) => draftTextOf(letter, files[slotOf(letter.kind)]);
  const others = slots.flatMap((slot) => {
    const letter = writing.letters[slot];
    return slot === slotOf(shown.kind) || letter === undefined || isBlank(letter, files[slot]) ? [] : [textOf(letter)];
  });
  return { ...textOf(shown), set_aside: others };
}

/**
 * What of a draft the server may be given: of a kind that may no longer be sent no new words, but those that it has.
 * Null when that is nothing new.
 */
export function storableDraft(draft: Draft, saved: Draft | null, kinds: LetterKind[]): Draft | null {
  const kept = saved === null ? [] : [saved, ...saved.set_aside];
  const texts = [draft, ...draft.set_aside].flatMap((text) =>
    kinds.includes(text.kind) || isBlank(text, text.attachment_ids) ? [text] : kept.filter((old) => slotOf(old.kind) === slotOf(text.kind)));
  const [first, ...others] = texts;
  if (first === undefined) return null;
  const storable = { ...first, set_aside: others };
  const is_known = saved !== null && contentOf(saved) === contentOf(storable);
  return is_known && contentOf(draft) !== contentOf(saved) ? null : storable;
}

/** Files of a draft that are gone; the names of some may be known. */
export interface Lost {
  count: number;
  names: string[];
}

/** What the server kept, with what may be sent in front; the rest is there to be read. Null when there is nothing in it. */
export function writingFromDraft(draft: Draft, kinds: LetterKind[]): { writing: Writing; files: SlotFiles; lost: Lost } | null {
  const kept = [draft, ...draft.set_aside].filter((text) => !isBlank(text, text.attachment_ids));
  const texts = [...kept.filter((text) => kinds.includes(text.kind)), ...kept.filter((text) => !kinds.includes(text.kind))];
  const first = texts[0];
  if (first === undefined) return null;
  const files: SlotFiles = { answer: [], forward: [], note: [] };
  let writing: Writing = { shown: first.kind, letters: {} };
  const lost: Lost = { count: 0, names: [] };
  for (const text of [...texts].reverse()) {
    writing = withLetter(writing, letterFromDraft(text));
    files[slotOf(text.kind)] = filesOf(text);
    lost.count += text.attachment_ids.length - filesOf(text).length;
    lost.names.push(...(text.gone_files ?? []));
  }
  return { writing, files, lost };
}

/** A picture that the text shows stands in the text and not beside it. */
function filesOf(text: DraftText): Attachment[] {
  return (text.files ?? []).map((file) => ({ ...file, is_inline: text.html.includes(`/attachments/${file.id}?`) }));
}

/** The same for two drafts that say the same, whatever their revisions. */
export function contentOf(draft: Draft): string {
  const wordsOf = ({ kind, to, cc, bcc, subject, html, attachment_ids }: DraftText) => [kind, to, cc, bcc, subject, html, attachment_ids];
  return JSON.stringify([draft, ...draft.set_aside].map(wordsOf));
}
