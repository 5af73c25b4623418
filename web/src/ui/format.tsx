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
  /** From one moment until another; a day that both share stands there once. */
  span: (from: string, until: string) => string;
  /** "Today" shows the time, this year shows day and month, else the date. */
  shortInstant: (at: string, now?: Date) => string;
  relative: (at: string, now: Date) => string;
  number: (value: number, scale?: number) => string;
  /** An amount in a currency such as "EUR", with as many decimal places as it has; `scale` at most. */
  money: (value: number, currency: string, scale?: number) => string;
  bytes: (size_bytes: number) => string;
  list: (words: string[]) => string;
  /** One after the other, without "and". */
  series: (words: string[]) => string;
  time_zone: string;
  locale: string;
}

/** "5時間32分": Chinese and Japanese set no space between a number and its unit, whatever the browser writes. */
export function withoutGaps(words: string, locale: string): string {
  if (!/^(ja|zh)/.test(locale)) return words;
  return words.replace(/(\d)\s+(?=[\u3040-\u9fff])/g, '$1').replace(/([\u3040-\u9fff])\s+(?=\d)/g, '$1');
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
    span: (from, until) => {
      const [begins, ends] = [new Date(from), new Date(until)];
      const is_one_day = day_key.format(begins) === day_key.format(ends);
      return `${instant.format(begins)} – ${(is_one_day ? time : instant).format(ends)}`;
    },
    shortInstant: (at, now = new Date()) => {
      const then = new Date(at);
      if (day_key.format(then) === day_key.format(now)) return time.format(then);
      return year_key.format(then) === year_key.format(now) ? day_month.format(then) : full_day.format(then);
    },
    relative: (at, now) => {
      const then = new Date(at);
      const seconds = (then.getTime() - now.getTime()) / 1000;
      const { value, unit } = Math.abs(seconds) < day_seconds
        ? relativeStep(seconds, times)
        : relativeStep(daysBetween(day_key.format(now), day_key.format(then)) || Math.sign(seconds), spans);
      return withoutGaps(relative.format(value, unit), locale);
    },
    number: (value, scale) =>
      new Intl.NumberFormat(
        locale,
        scale === undefined ? {} : { minimumFractionDigits: scale, maximumFractionDigits: scale },
      ).format(value),
    money: (value, currency, scale = 2) => moneyFormat(locale, currency, value, scale).format(value),
    bytes: (size_bytes) => formatBytes(size_bytes, locale),
    list: (each) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(each),
    series: (each) => new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' }).format(each),
  };
}

/** Yen have no decimal places, unless an amount was written with some. */
function moneyFormat(locale: string, currency: string, value: number, scale: number): Intl.NumberFormat {
  const usual = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = usual.resolvedOptions().maximumFractionDigits ?? 0;
  if (digits >= scale || Number(value.toFixed(digits)) === value) return usual;
  return new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: scale });
}

type Steps = [Intl.RelativeTimeFormatUnit, number][];
const day_seconds = 86_400;
/** Within a day, in seconds. */
const times: Steps = [['hour', 3_600], ['minute', 60]];
/** Beyond, in days of the calendar: "yesterday" is the day before today, however many hours ago. */
const spans: Steps = [['year', 365], ['month', 30], ['week', 7], ['day', 1]];

function relativeStep(length: number, steps: Steps): { value: number; unit: Intl.RelativeTimeFormatUnit } {
  for (const [unit, size] of steps)
    if (Math.abs(length) >= size) return { value: Math.trunc(length / size), unit };
  return { value: 0, unit: 'second' };
}

/** Of two days such as "2026-11-04". */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / (day_seconds * 1000));
}

/** A limit of whole MiB as people say it in MB: a little less. */
export function saidBytes(limit_bytes: number): number {
  return Math.floor(limit_bytes / 1_048_576) * 1_000_000;
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
