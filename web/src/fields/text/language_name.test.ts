import { expect, test } from 'vitest';
import { languageName } from './language_name';

test('a language kept by its code is named in the language of who reads', () => {
  expect(languageName('ja', 'en')).toBe('Japanese');
  expect(languageName('pt', 'zh')).toBe('葡萄牙语');
});

test('a language in words, or a code that nobody knows, stays as it was written', () => {
  expect(languageName('English, mostly', 'ja')).toBe('English, mostly');
  expect(languageName('qqx', 'en')).toBe('qqx');
});
