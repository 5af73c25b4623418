import { expect, test } from 'vitest';
import { quotedIn } from './quoted';

test('a refusal in another language says the name that the server says', () => {
  expect(quotedIn('The macro “Say goodbye” puts this template into drafts for everybody.')).toBe('Say goodbye');
  expect(quotedIn('“田中” has a macro of their own.')).toBe('田中');
  expect(quotedIn('Give an address such as ana@example.com.')).toBe('');
});
