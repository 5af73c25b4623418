import { expect, test } from 'vitest';
import type { ReplyTemplate } from '@/api';
import { matchingTemplates, typedTemplate } from './templates';

test('a slash asks for templates where a word begins', () => {
  expect(typedTemplate('/')).toBe('');
  expect(typedTemplate('Dear Mia, /ref')).toBe('ref');
  expect(typedTemplate('/refund acc')).toBe('refund acc');
  expect(typedTemplate('/返品')).toBe('返品');
  for (const text of ['and/or', 'https://a', 'this / that', '/ ', '24/7', 'none']) expect(typedTemplate(text)).toBeNull();
});

test('templates are found by words of name and folder, in the customer’s language first', () => {
  const one = (name: string, locale: string, folder = ''): ReplyTemplate => ({
    id: name, name, folder, locale, subject: '', html: '', audience: 'owner', department: null, files: [], use_count: 0, used_at: null, may_change: true,
  });
  const templates = [one('Refund', 'en', 'Money'), one('Refund ja', 'ja'), one('Hello', '')];
  const names = (text: string) => matchingTemplates({ templates, placeholders: [], locale: 'ja' }, text).map((each) => each.name);
  expect(names('')).toEqual(['Refund ja', 'Hello', 'Refund']);
  expect(names('mon ref')).toEqual(['Refund']);
  expect(names('nothing')).toEqual([]);
});
