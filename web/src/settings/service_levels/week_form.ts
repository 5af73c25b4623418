import { weekdays } from '@/api';
import type { BusinessHours, Weekday } from '@/api';

/** A range as two time inputs have it; midnight as an end is 00:00. */
export interface TimeRange {
  from: string;
  until: string;
}
export type WeekForm = Record<Weekday, TimeRange[]>;

export const usual_ranges: TimeRange[] = [{ from: '09:00', until: '17:00' }];
export const ranges_max = 8;

export function weekForm(hours: BusinessHours | null): WeekForm {
  const day = (name: Weekday): TimeRange[] => {
    if (hours === null) return name === 'saturday' || name === 'sunday' ? [] : usual_ranges;
    return hours.week[name].map((range) => ({ from: range.slice(0, 5), until: range.slice(6) === '24:00' ? '00:00' : range.slice(6) }));
  };
  return {
    monday: day('monday'), tuesday: day('tuesday'), wednesday: day('wednesday'), thursday: day('thursday'),
    friday: day('friday'), saturday: day('saturday'), sunday: day('sunday'),
  };
}

/** Ranges that are not filled in yet are left out. */
export function weekBody(week: WeekForm): Record<string, string[]> {
  return Object.fromEntries(weekdays.map((name) => [name, week[name].filter(({ from, until }) => from !== '' && until !== '').map(({ from, until }) => `${from}-${until}`)]));
}

/** The next range of a day begins an hour after the last one ended, so that lunch is two clicks. */
export function nextRange(ranges: TimeRange[]): TimeRange {
  const last = ranges[ranges.length - 1];
  if (last === undefined) return { from: '09:00', until: '17:00' };
  const hour = Number(last.until.slice(0, 2)) + 1;
  const from = `${String(Math.min(hour, 22)).padStart(2, '0')}:00`;
  return { from, until: hour < 17 ? '17:00' : '23:00' };
}

/** The week in short, the same days together: "Mon – Fri 09:00–17:00". */
export function weekWords(hours: BusinessHours, locale: string): string {
  // 2026-03-02 is a Monday.
  const name = (at: number) => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 2, 2 + at)));
  const words: string[] = [];
  for (let at = 0; at < weekdays.length; at += 1) {
    const ranges = rangesOn(hours, at);
    const first = at;
    while (at + 1 < weekdays.length && rangesOn(hours, at + 1) === ranges) at += 1;
    if (ranges !== '') words.push(`${first === at ? name(first) : `${name(first)} – ${name(at)}`} ${ranges}`);
  }
  return words.join(' · ');
}

function rangesOn(hours: BusinessHours, at: number): string {
  const day = weekdays[at];
  return day === undefined ? '' : hours.week[day].map((range) => range.replace('-', '–')).join(', ');
}
