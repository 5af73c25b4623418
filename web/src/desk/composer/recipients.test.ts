import { describe, expect, it } from 'vitest';
import { addressOf, distinctRecipients, isRecipient, nameOf, recipientsNamedIn, recipientText, splitRecipients } from './recipients';

describe('splitRecipients', () => {
  it('splits at commas, semicolons and line ends', () => {
    expect(splitRecipients('a@x.com, b@x.com; c@x.com\nd@x.com')).toEqual(['a@x.com', 'b@x.com', 'c@x.com', 'd@x.com']);
  });
  it('keeps a comma inside quotes or angles', () => {
    expect(splitRecipients('"Lima, Ana" <ana@x.com>, ben@x.com')).toEqual(['"Lima, Ana" <ana@x.com>', 'ben@x.com']);
  });
  it('takes bare addresses with spaces between them one by one', () => {
    expect(splitRecipients('a@x.com b@x.com')).toEqual(['a@x.com', 'b@x.com']);
    expect(splitRecipients('Ana Lima')).toEqual(['Ana Lima']);
  });
  it('has a quote that is never closed end with its line', () => {
    expect(splitRecipients('"Ana <ana@x.com>\nben@x.com')).toEqual(['"Ana <ana@x.com>', 'ben@x.com']);
  });
  it('finds nothing in nothing', () => {
    expect(splitRecipients(' , ;\n')).toEqual([]);
  });
});

describe('a recipient', () => {
  it('has an address and perhaps a name', () => {
    expect(addressOf('Ana Lima <ana@example.com>')).toBe('ana@example.com');
    expect(nameOf('"Lima, Ana" <ana@example.com>')).toBe('Lima, Ana');
    expect(nameOf('ana@example.com')).toBe('');
    expect(nameOf('佐藤 美咲 <misaki@example.co.jp>')).toBe('佐藤 美咲');
  });
  it('needs one @ and a domain with a dot', () => {
    expect(['ana@example.com', 'Ana <ana@example.com>', 'ana+x@münchen.example'].every(isRecipient)).toBe(true);
    expect(['ana', 'ana@', '@x.com', 'ana@localhost', 'a b@x.com', 'a@x.com.', 'a@@x.com', 'Ana <ana>'].some(isRecipient)).toBe(false);
  });
  it('is written with its name', () => {
    expect(recipientText({ name: 'Ana "A" Lima', address: 'ana@x.com' })).toBe('Ana A Lima <ana@x.com>');
    expect(recipientText({ name: '', address: 'ana@x.com' })).toBe('ana@x.com');
  });
});

it('finds those whom a refusal names', () => {
  const to = ['Ana <ana@x.com>', 'ben@x.com', 'n@x.com'];
  expect(recipientsNamedIn('Your department may not write to Ana@x.com, who asks here.', to)).toEqual(['Ana <ana@x.com>']);
  expect(recipientsNamedIn('Correct this address: ben@x.com', to)).toEqual(['ben@x.com']);
  expect(recipientsNamedIn('Write to at most 100 people.', to)).toEqual([]);
});

it('shows each address once', () => {
  expect(distinctRecipients(['Ana <ana@x.com>', 'ANA@x.com', 'ben@x.com'])).toEqual(['Ana <ana@x.com>', 'ben@x.com']);
});
