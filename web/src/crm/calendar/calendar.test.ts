import { describe, expect, it } from 'vitest';
import type { RecordData } from '@/api';
import { daysOf, isDay, monthOf, stepFrom, weekOf } from './calendar_days';
import { entriesOf, placed } from './entries';

const record = (more: Partial<RecordData>): RecordData => ({ id: '1', revision: 1, module: 'events', title: 'Visit', custom: {}, may: [], ...more });
const zone = 'Asia/Tokyo';

describe('The days of the calendar', () => {
  it('begin with Monday', () => {
    expect(weekOf('2026-11-29')).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29']);
    expect(monthOf('2026-11-15')).toHaveLength(42);
    expect(monthOf('2026-11-15')[0]).toBe('2026-10-26');
    expect(daysOf('week', '2026-11-23')).toHaveLength(7);
  });

  it('go on by weeks and months, also from the end of a long month', () => {
    expect(stepFrom('week', '2026-12-30', 1)).toBe('2027-01-06');
    expect(stepFrom('month', '2026-01-31', 1)).toBe('2026-02-28');
    expect(stepFrom('month', '2026-01-15', -1)).toBe('2025-12-15');
  });

  it('are told from other words of an address', () => {
    expect(isDay('2026-11-23')).toBe(true);
    expect(isDay('2026-13-99')).toBe(false);
    expect(isDay('soon')).toBe(false);
    expect(isDay(null)).toBe(false);
  });
});

describe('An entry', () => {
  it('stands at the hour that the clocks of the person show', () => {
    const [entry] = entriesOf('events', record({ starts_at: '2026-11-23T00:30:00Z', ends_at: '2026-11-23T01:00:00Z' }), zone);
    expect(entry).toMatchObject({ day: '2026-11-23', from: 570, until: 600 });
    expect(entriesOf('calls', record({ starts_at: '2026-11-23T15:00:00Z', duration_s: 3600 }), zone)).toMatchObject([{ day: '2026-11-24', from: 0, until: 60 }]);
  });

  it('that lasts over days stands on each, and not on the day at whose beginning it ends', () => {
    const over = entriesOf('events', record({ starts_at: '2026-11-22T15:00:00Z', ends_at: '2026-11-24T15:00:00Z', is_all_day: true }), zone);
    expect(over.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-24']);
    expect(over[0]?.from).toBeNull();
    const evening = entriesOf('events', record({ starts_at: '2026-11-23T14:00:00Z', ends_at: '2026-11-23T15:00:00Z' }), zone);
    expect(evening).toMatchObject([{ day: '2026-11-23', from: 1380, until: 1440 }]);
  });

  it('of a task stands on the day when it is due', () => {
    expect(entriesOf('tasks', record({ due_on: '2026-11-23', status: 'completed' }), zone)).toMatchObject([{ day: '2026-11-23', from: null, is_done: true }]);
    expect(entriesOf('tasks', record({ due_on: null }), zone)).toEqual([]);
  });

  it('stands beside others of the same time, and takes the whole width alone', () => {
    const at = (id: string, from: string, until: string) => entriesOf('events', record({ id, starts_at: `2026-11-23T${from}:00Z`, ends_at: `2026-11-23T${until}:00Z` }), 'UTC');
    const found = placed([...at('1', '09:00', '10:00'), ...at('2', '09:30', '11:00'), ...at('3', '10:00', '10:30'), ...at('4', '12:00', '13:00')]);
    expect(found.map(({ entry, lane, lanes }) => [entry.record.id, lane, lanes])).toEqual([['1', 0, 2], ['2', 1, 2], ['3', 0, 2], ['4', 0, 1]]);
  });
});
