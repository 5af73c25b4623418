// How much time is left, as numbers and as words. The server says what is overdue; this only counts.

import { withoutGaps } from '@/ui';

export type DueState = 'overdue' | 'soon' | 'later';

const soon_ms = 2 * 3_600_000;
const units: [Intl.NumberFormatOptions['unit'], number][] = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]];

export function dueState(due_at: string, now: Date): DueState {
  const left = Date.parse(due_at) - now.getTime();
  if (left < 0) return 'overdue';
  return left <= soon_ms ? 'soon' : 'later';
}

/** A length of time in its two greatest units: "2d 4h", "15m", in Japanese "2日4時間". Never less than a minute. */
export function spanWords(length_ms: number, locale: string): string {
  const minutes = Math.max(1, Math.floor(Math.abs(length_ms) / 60_000));
  let rest = minutes * 60_000;
  const words: string[] = [];
  for (const [unit, size] of units) {
    const value = Math.floor(rest / size);
    rest -= value * size;
    if (value === 0 && words.length === 0) continue;
    if (value > 0) words.push(unitWords(value, unit, locale));
    if (words.length === 2 || unit === 'hour' && words.length === 1 && minutes >= 1440) break;
  }
  return withoutGaps(words.join(' '), locale);
}

/** The shortest writing that still says the unit: "2d", in Chinese and Japanese "2 日". */
function unitWords(value: number, unit: string | undefined, locale: string): string {
  const is_east_asian = /^(ja|zh)/.test(locale);
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: is_east_asian ? 'short' : 'narrow' });
  return format.format(value);
}
