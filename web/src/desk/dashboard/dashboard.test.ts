import { expect, test } from 'vitest';
import { csvOf } from '@/ui/charts/csv';
import { niceTop, labelEvery } from '@/ui/charts/scale';
import { daysBetween, periodFault, periodOf } from './period';

test('the address says which period is shown', () => {
  expect(periodOf(new URLSearchParams())).toEqual({ days: '30', from: null, until: null });
  expect(periodOf(new URLSearchParams('days=7'))).toEqual({ days: '7', from: null, until: null });
  expect(periodOf(new URLSearchParams('from=2026-03-01&until=2026-03-31'))).toEqual({ days: null, from: '2026-03-01', until: '2026-03-31' });
});

test('a period ends today at the latest, after it began, and lasts a year at most', () => {
  expect(daysBetween('2026-03-01', '2026-03-31')).toBe(31);
  expect(periodFault('2026-03-01', '2026-03-31', '2026-03-31')).toBeNull();
  expect(periodFault('2026-03-01', '2026-04-01', '2026-03-31')).toBe('future');
  expect(periodFault('2026-03-03', '2026-03-02', '2026-03-31')).toBe('order');
  expect(periodFault('2025-03-30', '2026-03-31', '2026-03-31')).toBe('length');
});

test('a table becomes a file that spreadsheets read and that holds no formula', () => {
  expect(csvOf([['Agent', 'Created'], ['Ana "A", Silva', 3], ['=1+1', 0]])).toBe('Agent,Created\r\n"Ana ""A"", Silva",3\r\n\'=1+1,0\r\n');
});

test.each([[0, 4], [3, 4], [4, 4], [5, 8], [11, 12], [97, 100], [101, 120], [1234, 1600]])('a chart up to %i ends at %i', (most, top) => {
  expect(niceTop(most)).toBe(top);
});

test('no more labels stand below a chart than fit', () => {
  expect(labelEvery(7, 8)).toBe(1);
  expect(labelEvery(30, 8)).toBe(4);
});
