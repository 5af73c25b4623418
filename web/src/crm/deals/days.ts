const quarter_ms = 15 * 60_000;

/** "2026-11-04", as the calendar of this browser says. */
export function dayOf(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function nextQuarterHour(now: Date): Date {
  return new Date(Math.ceil(now.getTime() / quarter_ms) * quarter_ms);
}
