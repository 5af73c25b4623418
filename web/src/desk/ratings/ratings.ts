import { asText } from '@/fields';
import { withoutGaps } from '@/ui';
import type { Tone } from '@/ui';

export const ratings = ['good', 'okay', 'bad'] as const;
export type Rating = (typeof ratings)[number];

export const rating_tones: Record<Rating, Tone> = { good: 'good', okay: 'warn', bad: 'bad' };

/** What a value of the field or of an event says, if it is a rating. */
export function ratingOf(value: unknown): Rating | null {
  return ratings.find((each) => each === value) ?? null;
}

/** The message that an event "rated" is about. */
export function threadOfRating(detail: Record<string, unknown> | null): string | null {
  return asText(detail?.thread);
}

const minutes_per_hour = 60;
const minutes_per_day = 24 * minutes_per_hour;

/** A time span in its two largest units: "2 hrs 5 mins". */
export function formatMinutes(minutes: number, locale: string): string {
  const parts = [
    { unit: 'day', value: Math.floor(minutes / minutes_per_day) },
    { unit: 'hour', value: Math.floor((minutes % minutes_per_day) / minutes_per_hour) },
    { unit: 'minute', value: minutes % minutes_per_hour },
  ];
  const first = parts.findIndex((part) => part.value > 0);
  const shown = first === -1 ? parts.slice(2) : parts.slice(first, first + 2).filter((part) => part.value > 0);
  const words = shown.map(({ unit, value }) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value));
  return withoutGaps(words.join(' '), locale);
}
