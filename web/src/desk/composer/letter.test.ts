import { describe, expect, it } from 'vitest';
import { addressedLetter, emptyLetter, kindsFor, letterFault, replyBody, withNewCopies } from './letter';

const picture = { id: '7', name: 'a.png', size_bytes: 1, content_type: 'image/png', is_inline: true };

describe('Copied people that are saved while a reply to all is open', () => {
  const draft = {
    to: [], cc: [{ name: '', address: 'boss@b.example' }], subject: '', quoted_html: '', signature_html: '', from_mailbox_id: null, mailboxes: [], attachments: [],
  };
  const letter = { ...emptyLetter('reply_all'), html: '<p>Hello</p>' };

  it('come into it as long as nobody has touched the copies', () => {
    expect(withNewCopies(letter, { kind: 'reply_all', cc: [] }, draft)).toEqual({ ...letter, cc: ['boss@b.example'] });
  });

  it('stay out of what a person chose, and of a draft that nobody addressed here', () => {
    const chosen = { ...letter, cc: ['ana@b.example'] };
    expect(withNewCopies(chosen, { kind: 'reply_all', cc: [] }, draft)).toBe(chosen);
    expect(withNewCopies(letter, null, draft)).toBe(letter);
  });
});

describe('kindsFor', () => {
  it('gives a light agent the comment alone', () => {
    expect(kindsFor(['comment'])).toEqual(['comment']);
  });
  it('gives who may reply the reply to all too', () => {
    expect(kindsFor(['update', 'reply', 'forward', 'comment'])).toEqual(['reply', 'reply_all', 'forward', 'comment']);
  });
});

describe('letterFault', () => {
  it('wants recipients that are addresses, and a text', () => {
    const letter = { ...emptyLetter('reply'), html: '<p>Hello</p>' };
    expect(letterFault(letter, [], 1_000)).toBe('no_recipient');
    expect(letterFault({ ...letter, to: ['ana'] }, [], 1_000)).toBe('wrong_recipient');
    expect(letterFault({ ...letter, to: ['ana@x.com'], bcc: ['x'] }, [], 1_000)).toBe('wrong_recipient');
    expect(letterFault({ ...letter, to: ['ana@x.com'], html: '' }, [], 1_000)).toBe('no_text');
    expect(letterFault({ ...letter, to: ['ana@x.com'] }, [], 1_000)).toBeNull();
  });
  it('lets a forward go without a word of its own', () => {
    expect(letterFault({ ...emptyLetter('forward'), to: ['ana@x.com'] }, [], 1_000)).toBeNull();
  });
  it('takes no signature for an answer', () => {
    const letter = { ...emptyLetter('reply'), to: ['ana@x.com'], html: '<p></p><p>Ana</p>', signature: '<p>Ana</p>' };
    expect(letterFault(letter, [], 1_000)).toBe('no_text');
    expect(letterFault({ ...letter, html: '<p>Yes.</p><p>Ana</p>' }, [], 1_000)).toBeNull();
    expect(letterFault({ ...letter, kind: 'forward' }, [], 1_000)).toBeNull();
  });
  it('knows before it is sent that a mail carries 20 MB at most', () => {
    const letter = { ...emptyLetter('reply'), to: ['ana@x.com'], html: '<p>x</p>' };
    const film = { ...picture, id: '8', is_inline: false, size_bytes: 21 * 1024 * 1024 };
    expect(letterFault(letter, [film], 1_000)).toBe('files_too_large');
    expect(letterFault(letter, [{ ...film, is_inline: true }], 1_000)).toBeNull();
    expect(letterFault({ ...letter, kind: 'comment' }, [film], 1_000)).toBeNull();
  });
  it('asks a comment for no recipient', () => {
    expect(letterFault({ ...emptyLetter('comment'), html: '<p>x</p>' }, [], 1_000)).toBeNull();
  });
});

describe('replyBody', () => {
  it('leaves out a picture that was taken out of the text again', () => {
    const letter = { ...emptyLetter('reply'), to: ['a@x.com'], html: '<img src="/native/desk/1/attachments/7?inline=1">' };
    expect(replyBody(letter, [picture], null).attachment_ids).toEqual(['7']);
    expect(replyBody({ ...letter, html: '<p>x</p>' }, [picture], null).attachment_ids).toEqual([]);
  });
  it('says a subject and the files of the ticket with a forward only', () => {
    const letter = { ...emptyLetter('reply'), subject: 'Re: x' };
    expect(replyBody(letter, [], 'closed')).toEqual({ kind: 'reply', to: [], cc: [], bcc: [], html: '', attachment_ids: [], status: 'closed' });
    expect(replyBody({ ...letter, kind: 'forward' }, [], null)).toMatchObject({ subject: 'Re: x', include_attachments: true });
  });
});

it('proposes nobody who has no address', () => {
  const draft = { to: [{ name: 'Wanda', address: '' }], cc: [], subject: '', quoted_html: '', signature_html: '', from_mailbox_id: null, mailboxes: [], attachments: [] };
  expect(addressedLetter(emptyLetter('reply'), draft).to).toEqual([]);
});

it('keeps what is written when it is addressed anew', () => {
  const letter = { ...emptyLetter('reply'), html: '<p>kept</p>', to: ['old@x.com'] };
  const draft = { to: [{ name: 'Ana', address: 'ana@x.com' }], cc: [], subject: 'Re: x', quoted_html: '', signature_html: '', from_mailbox_id: '1', mailboxes: [], attachments: [] };
  expect(addressedLetter(letter, draft)).toMatchObject({ to: ['Ana <ana@x.com>'], html: '<p>kept</p>', from_mailbox_id: '1' });
});
