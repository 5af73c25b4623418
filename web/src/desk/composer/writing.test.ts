import { describe, expect, it } from 'vitest';
import { emptyLetter } from './letter';
import { contentOf, draftOf, isNothing, readableLetter, shownLetter, storableDraft, switchedTo, withLetter, withoutSlot, writingFromDraft } from './writing';
import type { SlotFiles } from './writing';

const no_files: SlotFiles = { answer: [], forward: [], note: [] };
const secret = withLetter(null, { ...emptyLetter('comment'), html: '<p>She is about to leave</p>' });
const plan = { id: '7', name: 'plan.pdf', size_bytes: 4, content_type: 'application/pdf' };

describe('switchedTo', () => {
  it('never takes a comment into a mail, nor a forward into an answer', () => {
    const answer = switchedTo(secret, 'reply');
    expect(shownLetter(answer.writing)).toMatchObject({ kind: 'reply', html: '' });
    const forward = withLetter(answer.writing, { ...emptyLetter('forward'), html: '<p>Can you look?</p>' });
    expect(shownLetter(switchedTo(forward, 'reply_all').writing)?.html).toBe('');
    expect(shownLetter(switchedTo(forward, 'comment').writing)?.html).toBe('<p>She is about to leave</p>');
  });
  it('keeps the text between a reply and a reply to all, and asks for other recipients', () => {
    const reply = withLetter(null, { ...emptyLetter('reply'), html: '<p>Hello</p>', to: ['ana@x.com'] });
    const { writing, is_new } = switchedTo(reply, 'reply_all');
    expect(shownLetter(writing)).toMatchObject({ html: '<p>Hello</p>', to: [] });
    expect(is_new).toBe(true);
    expect(switchedTo(writing, 'reply_all').is_new).toBe(false);
  });
});

describe('a draft', () => {
  const both = withLetter(secret, { ...emptyLetter('forward'), html: '<p><img src="/native/desk/1/attachments/7?inline=1"></p>', subject: 'Fwd: x' });
  const files = { ...no_files, forward: [plan] };
  const draft = draftOf(both, files);
  it('holds each text with its own files', () => {
    expect(draft).toMatchObject({ kind: 'forward', subject: 'Fwd: x', attachment_ids: ['7'] });
    expect(draft.set_aside).toMatchObject([{ kind: 'comment', html: '<p>She is about to leave</p>', attachment_ids: [] }]);
  });
  it('comes back as it was, with the names of its files; a picture in the text is inline', () => {
    const back = writingFromDraft({ ...draft, files: [plan] }, ['reply', 'forward', 'comment']);
    expect(back?.writing.shown).toBe('forward');
    expect(back?.writing.letters.forward).toEqual({ ...both.letters.forward, signature: '' });
    expect(back?.writing.letters.note).toEqual({ ...secret.letters.note, signature: '' });
    expect(back?.files.forward).toEqual([{ ...plan, is_inline: true }]);
    expect(back?.lost.count).toBe(0);
    expect(writingFromDraft({ ...draft, files: [], gone_files: ['plan.pdf'] }, ['forward'])?.lost).toEqual({ count: 1, names: ['plan.pdf'] });
  });
  it('shows first what may be sent, and keeps the rest to be read', () => {
    const back = writingFromDraft(draft, ['comment'])?.writing;
    expect(back?.shown).toBe('comment');
    expect(back?.letters.forward?.subject).toBe('Fwd: x');
    expect(writingFromDraft(draft, [])?.writing.shown).toBe('forward');
    expect(writingFromDraft(draftOf(withLetter(null, emptyLetter('comment')), no_files), [])).toBeNull();
  });
  it('is the same draft whatever its revision', () => {
    expect(contentOf({ ...draft, files: [plan] })).toBe(contentOf(draft));
    expect(contentOf(draftOf(secret, no_files))).not.toBe(contentOf(draft));
  });
});

it('leaves the other text when one is sent', () => {
  const both = withLetter(secret, { ...emptyLetter('reply'), html: '<p>Hello</p>' });
  expect(withoutSlot(both, no_files, 'answer')).toEqual(secret);
  expect(withoutSlot(secret, no_files, 'note')).toBeNull();
});

describe('readableLetter', () => {
  const reply = withLetter(secret, { ...emptyLetter('reply'), html: '<p>Hello</p>' });
  const empty = withLetter(secret, emptyLetter('reply'));
  it('keeps the words of an answer that may no longer be sent in sight', () => {
    expect(readableLetter(reply, no_files, ['comment'])?.html).toBe('<p>Hello</p>');
    expect(readableLetter(reply, no_files, [])?.html).toBe('<p>Hello</p>');
  });
  it('shows what else is written in place of an empty answer that may no longer be sent', () => {
    expect(readableLetter(empty, no_files, ['comment'])?.kind).toBe('comment');
    expect(readableLetter(empty, no_files, ['reply', 'comment'])?.kind).toBe('reply');
    expect(readableLetter(withLetter(null, emptyLetter('reply')), no_files, ['comment'])).toBeNull();
  });
});

describe('a mail with nothing but its signature', () => {
  const signed = withLetter(null, { ...emptyLetter('reply'), html: '<p></p><p>Ana &amp; co</p>', signature: '<p>Ana &amp; co</p>' });
  it('is no draft', () => {
    expect(isNothing(signed, no_files)).toBe(true);
    expect(draftOf(signed, no_files).html).toBe('');
    expect(writingFromDraft(draftOf(signed, no_files), ['reply'])).toBeNull();
  });
  it('keeps the signature in a draft with words or files', () => {
    expect(draftOf(signed, { ...no_files, answer: [plan] }).html).toBe('<p></p><p>Ana &amp; co</p>');
    const written = withLetter(signed, { ...emptyLetter('reply'), html: '<p>Hello</p><p>Ana &amp; co</p>', signature: '<p>Ana &amp; co</p>' });
    expect(isNothing(written, no_files)).toBe(false);
    expect(draftOf(written, no_files).html).toBe('<p>Hello</p><p>Ana &amp; co</p>');
  });
  it('is signed once: a draft that comes back has its signature in it', () => {
    const back = writingFromDraft({ ...draftOf(signed, { ...no_files, answer: [plan] }), files: [plan] }, ['reply']);
    expect(back?.writing.letters.answer?.signature).toBe('');
    expect(switchedTo(signed, 'reply_all').writing.letters.answer?.signature).toBe('<p>Ana &amp; co</p>');
    expect(switchedTo(signed, 'forward').writing.letters.forward?.signature).toBeNull();
  });
});

describe('storableDraft', () => {
  const reply = { ...emptyLetter('reply'), html: '<p>Dear Ana</p>' };
  const saved = draftOf(withLetter(null, reply), no_files);
  const now = draftOf(withLetter(withLetter(null, { ...reply, html: '<p>Dear Ana, hello</p>' }), { ...emptyLetter('comment'), html: '<p>For us</p>' }), no_files);
  it('gives no new words that may not be sent, and keeps those that the server has', () => {
    expect(storableDraft(now, saved, ['reply', 'comment'])).toEqual(now);
    const kept = storableDraft(now, saved, ['comment']);
    expect(kept).toMatchObject({ kind: 'comment', html: '<p>For us</p>' });
    expect(kept?.set_aside).toMatchObject([{ kind: 'reply', html: '<p>Dear Ana</p>' }]);
    expect(storableDraft(now, null, ['comment'])?.set_aside).toEqual([]);
  });
  it('saves nothing when nothing of it may be saved', () => {
    const longer = draftOf(withLetter(null, { ...reply, html: '<p>Dear Ana, hello</p>' }), no_files);
    expect(storableDraft(longer, null, ['comment'])).toBeNull();
    expect(storableDraft(longer, saved, ['comment'])).toBeNull();
  });
});
