import { describe, expect, it } from 'vitest';
import { namesMentioned, typedMention } from './mentions';

describe('a mention', () => {
  it('is what follows an @ at the beginning of a word', () => {
    expect(typedMention('@')).toBe('');
    expect(typedMention('Please ask @be')).toBe('be');
    expect(typedMention('田中さん（ @田')).toBe('田');
    expect(typedMention('mail@be')).toBeNull();
    expect(typedMention('@ben and')).toBeNull();
  });
  it('is a name in bold with an @, each name once', () => {
    expect(namesMentioned('<p><strong>@Ana Silva</strong> and <strong>bold</strong> <strong>@Ana Silva</strong></p>')).toEqual(['Ana Silva']);
    expect(namesMentioned('<p>@Ana Silva</p>')).toEqual([]);
  });
});
