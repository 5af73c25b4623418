import { expect, test } from 'vitest';
import { formatMinutes, ratingOf } from './ratings';

test.each([
  [0, '0 min'],
  [59, '59 min'],
  [60, '1 hr'],
  [125, '2 hr 5 min'],
  [1_440, '1 day'],
  [1_500, '1 day 1 hr'],
  [4_321, '3 days'],
])('%i minutes are shown in their two largest units', (minutes, words) => {
  expect(formatMinutes(minutes, 'en')).toBe(words);
});

test('a value that is no rating is none', () => {
  expect(ratingOf('good')).toBe('good');
  expect(ratingOf('great')).toBeNull();
  expect(ratingOf(null)).toBeNull();
});
