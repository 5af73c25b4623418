import { expect, test } from 'vitest';
import { collapsed } from './badges';

test('badges that have room are all shown', () => {
  expect(collapsed([])).toEqual({ shown: [], hidden: [] });
  expect(collapsed(['overdue', 'shared'])).toEqual({ shown: ['overdue', 'shared'], hidden: [] });
});

test('of more badges the most important one is shown and the others are counted', () => {
  expect(collapsed(['failed', 'overdue', 'escalated'])).toEqual({ shown: ['failed'], hidden: ['overdue', 'escalated'] });
});
