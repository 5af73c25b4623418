// The days of the calendar as texts such as "2026-11-23", whatever the time zone. Pure.

export type Shape = 'week' | 'month';

const day_ms = 86_400_000;
const week_days = 7;
/** Six weeks hold every month. */
const month_days = 42;

export function isDay(text: string | null): text is string {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * day_ms).toISOString().slice(0, 10);
}

/** The days from Monday to Sunday around a day. */
export function weekOf(day: string): string[] {
  const since_monday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % week_days;
  return Array.from({ length: week_days }, (_, at) => dayPlus(day, at - since_monday));
}

/** Whole weeks, from the one with the first of the month. */
export function monthOf(day: string): string[] {
  const first = weekOf(`${day.slice(0, 7)}-01`)[0] ?? day;
  return Array.from({ length: month_days }, (_, at) => dayPlus(first, at));
}

export function daysOf(shape: Shape, day: string): string[] {
  return shape === 'week' ? weekOf(day) : monthOf(day);
}

/** The same day a week or a month later, or before; the 31st becomes the last of a shorter month. */
export function stepFrom(shape: Shape, day: string, step: -1 | 1): string {
  if (shape === 'week') return dayPlus(day, step * week_days);
  const [year, month, at] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year ?? 1970, (month ?? 1) + step, 0)).getUTCDate();
  return new Date(Date.UTC(year ?? 1970, (month ?? 1) - 1 + step, Math.min(at ?? 1, last))).toISOString().slice(0, 10);
}
