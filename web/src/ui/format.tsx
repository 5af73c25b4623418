import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';

interface FormatWords {
  locale: string;
  time_zone: string;
}

const FormatContext = createContext<FormatWords>({ locale: 'en', time_zone: 'UTC' });

export function FormatProvider({ locale, time_zone, children }: FormatWords & { children: ReactNode }) {
  const words = useMemo(() => ({ locale, time_zone: knownZone(time_zone) }), [locale, time_zone]);
  return <FormatContext.Provider value={words}>{children}</FormatContext.Provider>;
}

export interface Format {
  date: (day: string) => string;
  instant: (at: string) => string;
  /** "Today" shows the time, this year shows day and month, else the date. */
  shortInstant: (at: string, now?: Date) => string;
  relative: (at: string, now: Date) => string;
  number: (value: number, scale?: number) => string;
  bytes: (size_bytes: number) => string;
  list: (words: string[]) => string;
  /** One after the other, without "and". */
  series: (words: string[]) => string;
  time_zone: string;
  locale: string;
}

/** How the signed-in person reads dates, numbers and sizes. */
export function useFormat(): Format {
  const words = useContext(FormatContext);
  return useMemo(() => formatFor(words), [words]);
}

export function formatFor({ locale, time_zone }: FormatWords): Format {
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: time_zone });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: time_zone });
  const day_month = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: time_zone });
  const full_day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: time_zone });
  const day_key = new Intl.DateTimeFormat('en-CA', { timeZone: time_zone });
  const year_key = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: time_zone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    locale,
    time_zone,
    date: (day) => date.format(new Date(`${day}T00:00:00Z`)),
    instant: (at) => instant.format(new Date(at)),
    shortInstant: (at, now = new Date()) => {
      const then = new Date(at);
      if (day_key.format(then) === day_key.format(now)) return time.format(then);
      return year_key.format(then) === year_key.format(now) ? day_month.format(then) : full_day.format(then);
    },
    relative: (at, now) => {
      const { value, unit } = relativeStep((new Date(at).getTime() - now.getTime()) / 1000);
      return relative.format(value, unit);
    },
    number: (value, scale) =>
      new Intl.NumberFormat(
        locale,
        scale === undefined ? {} : { minimumFractionDigits: scale, maximumFractionDigits: scale },
      ).format(value),
    bytes: (size_bytes) => formatBytes(size_bytes, locale),
    list: (each) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(each),
    series: (each) => new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' }).format(each),
  };
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60],
];

function relativeStep(seconds: number): { value: number; unit: Intl.RelativeTimeFormatUnit } {
  for (const [unit, size] of steps)
    if (Math.abs(seconds) >= size) return { value: Math.trunc(seconds / size), unit };
  return { value: 0, unit: 'second' };
}

function formatBytes(size_bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  let value = size_bytes;
  let step = 0;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit', unit: units[step], unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}

function knownZone(time_zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: time_zone });
    return time_zone;
  } catch {
    return 'UTC';
  }
}
