import { describe, expect, it } from 'vitest';
import { activitiesIn, byMonth, dayAfter, dealsIn, groupOf, lastDayOf, monthsUntil } from './sales_figures';

describe('The figures of the dashboard', () => {
  it('go back over the turn of a year', () => {
    expect(monthsUntil('2026-02-15', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(lastDayOf('2028-02')).toBe('2028-02-29');
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
  });

  it('are added up by month and outcome; a month without deals is there', () => {
    const groups = [
      { keys: ['2026-01-03', 'won'], count: 2, sums: { amount: '100.50' } },
      { keys: ['2026-01-29', 'won'], count: 1, sums: { amount: '9.50' } },
      { keys: ['2026-01-29', 'lost'], count: 4, sums: { amount: null } },
      { keys: ['2025-01-29', 'lost'], count: 4, sums: { amount: '5.00' } },
    ];
    expect(byMonth(groups, ['2025-12', '2026-01'])).toEqual([
      { month: '2025-12', won: { count: 0, amount: 0 }, lost: { count: 0, amount: 0 } },
      { month: '2026-01', won: { count: 3, amount: 110 }, lost: { count: 4, amount: 0 } },
    ]);
    expect(groupOf(groups, '2025-01-29').count).toBe(4);
    expect(groupOf(undefined, '7').count).toBe(0);
  });

  it('are of one pipeline and one owner where they are chosen', () => {
    const open = { field: 'outcome', is: 'open' };
    expect(dealsIn({ pipeline: '7', owner: null }, open)).toEqual({ all_of: [{ field: 'pipeline', is: '7' }, open] });
    expect(activitiesIn({ pipeline: '7', owner: 'me' })).toEqual({ field: 'owner', is: 'me' });
  });
});
