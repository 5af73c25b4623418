import { expect, test } from 'vitest';
import { daysOf, decimalHours, kindOf, sumOf, todayIn } from './time_report';

test('a period of days ends today, and named days are taken as they are', () => {
  expect(daysOf({ days: '7', from: null, until: null }, '2026-03-02')).toEqual({ from: '2026-02-24', until: '2026-03-02' });
  expect(daysOf({ days: '1', from: null, until: null }, '2026-03-02')).toEqual({ from: '2026-03-02', until: '2026-03-02' });
  expect(daysOf({ days: null, from: '2026-01-01', until: '2026-01-31' }, '2026-03-02')).toEqual({ from: '2026-01-01', until: '2026-01-31' });
});

test('today is that of the time zone', () => {
  const late = new Date('2026-03-01T20:00:00Z');
  expect(todayIn('Asia/Tokyo', late)).toBe('2026-03-02');
  expect(todayIn('UTC', late)).toBe('2026-03-01');
});

test('totals add up, and hours are decimal for a spreadsheet', () => {
  expect(sumOf([{ count: 1, seconds: 600, billable_seconds: 0 }, { count: 2, seconds: 300, billable_seconds: 300 }]))
    .toEqual({ count: 3, seconds: 900, billable_seconds: 300 });
  expect(decimalHours(5_400)).toBe(1.5);
});

test('an unknown word is read as the report by agent', () => {
  expect(kindOf('ticket')).toBe('ticket');
  expect(kindOf('week')).toBe('agent');
});
