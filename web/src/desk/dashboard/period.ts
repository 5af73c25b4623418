/** The periods that are offered by name, in days with today. */
export const periods = ['1', '7', '30', '90'] as const;
export const usual_period = '30';
export const days_max = 366;

export interface PeriodWords {
  days: string | null;
  from: string | null;
  until: string | null;
}

/** What the address says of the period: days, or a first and a last day. */
export function periodOf(address: URLSearchParams): PeriodWords {
  const from = address.get('from');
  const until = address.get('until');
  if (from !== null && until !== null) return { days: null, from, until };
  return { days: address.get('days') ?? usual_period, from: null, until: null };
}

const day_ms = 86_400_000;

export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / day_ms) + 1;
}

export type PeriodFault = 'order' | 'length' | 'future' | null;

/** What stands against a period, before the server is asked. */
export function periodFault(from: string, until: string, today: string): PeriodFault {
  if (until > today) return 'future';
  if (from > until) return 'order';
  return daysBetween(from, until) > days_max ? 'length' : null;
}
