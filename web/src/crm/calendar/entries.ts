// Meetings, calls and tasks as the calendar shows them. Pure.

import type { RecordData } from '@/api';
import { asNumber, asText } from '@/fields';
import { toWallClock } from '@/fields/instant/wall_clock';
import { dayPlus } from './calendar_days';

export type EntryModule = 'events' | 'calls' | 'tasks';

/** What stands on one day. What lasts over several days stands on each of them. */
export interface Entry {
  key: string;
  module: EntryModule;
  record: RecordData;
  day: string;
  /** Minutes since midnight; null of what takes the whole day. */
  from: number | null;
  until: number | null;
  is_done: boolean;
}

/** A call that nobody measured is drawn as long as this. */
const call_minutes = 30;
const day_minutes = 24 * 60;
const days_drawn_max = 42;

function minutesOf(wall: string): number {
  return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
}

/** The entries of a record, one for each day that it touches. */
export function entriesOf(module: EntryModule, record: RecordData, time_zone: string): Entry[] {
  const entry = (day: string, from: number | null, until: number | null): Entry =>
    ({ key: `${record.id} ${day}`, module, record, day, from, until, is_done: record.status === 'completed' });
  const due_on = asText(record.due_on);
  if (module === 'tasks') return due_on === null ? [] : [entry(due_on, null, null)];
  const starts_at = asText(record.starts_at);
  if (starts_at === null) return [];
  const begins = toWallClock(starts_at, time_zone);
  const day = begins.slice(0, 10);
  const from = minutesOf(begins);
  if (module === 'calls') {
    const lasts = Math.max(call_minutes, Math.ceil((asNumber(record.duration_s) ?? 0) / 60));
    return [entry(day, from, Math.min(day_minutes, from + lasts))];
  }
  const ends = toWallClock(asText(record.ends_at) ?? starts_at, time_zone);
  // What ends at midnight does not touch the next day.
  const last = ends.slice(0, 10) > day && minutesOf(ends) === 0 ? dayPlus(ends.slice(0, 10), -1) : ends.slice(0, 10);
  if (record.is_all_day !== true && last === day) return [entry(day, from, ends.slice(0, 10) > day ? day_minutes : minutesOf(ends))];
  const days: string[] = [];
  for (let each = day; each <= last && days.length < days_drawn_max; each = dayPlus(each, 1)) days.push(each);
  return days.map((each) => entry(each, null, null));
}

/** What takes the whole day comes first, then by the hour. */
export function inOrder(entries: Entry[]): Entry[] {
  return [...entries].sort((a, b) => (a.from ?? -1) - (b.from ?? -1) || a.record.title.localeCompare(b.record.title));
}

export interface Placed {
  entry: Entry;
  /** Beside others at the same time: which of how many columns. */
  lane: number;
  lanes: number;
}

/** Entries with hours side by side where they overlap. */
export function placed(entries: Entry[]): Placed[] {
  const timed = inOrder(entries).filter((entry) => entry.from !== null);
  const all: Placed[] = [];
  let together: Placed[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const each of together) each.lanes = ends.length;
    all.push(...together);
    together = [];
    ends = [];
  };
  for (const entry of timed) {
    const from = entry.from ?? 0;
    const until = Math.max(entry.until ?? from, from + 1);
    if (ends.every((end) => end <= from)) close();
    const free = ends.findIndex((end) => end <= from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = until;
    together.push({ entry, lane, lanes: 1 });
  }
  close();
  return all;
}
