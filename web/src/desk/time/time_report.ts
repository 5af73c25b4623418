import type { Linked } from '@/api';
import type { PeriodWords } from '../dashboard/period';

export interface TimeTotals {
  count: number;
  seconds: number;
  billable_seconds: number;
}
interface ReportedTicket {
  id: string;
  number: number;
  title: string;
}
export type TimeOfAgent = TimeTotals & { agent: Linked };
export type TimeOfTicket = TimeTotals & { ticket: ReportedTicket };
export type TimeOfDay = TimeTotals & { day: string };
export interface ReportedEntry {
  id: string;
  ticket: ReportedTicket;
  agent: Linked;
  worked_at: string;
  seconds: number;
  is_billable: boolean;
  note: string;
}

/** What the report is summed by; entries are listed one by one. */
export const report_kinds = ['agent', 'ticket', 'day', 'entry'] as const;
export type ReportKind = (typeof report_kinds)[number];

export function kindOf(word: string | null): ReportKind {
  return report_kinds.find((kind) => kind === word) ?? 'agent';
}

/** What the server lists at most; with as many rows there may be more. */
export const rows_max: Record<ReportKind, number> = { agent: Infinity, ticket: 200, day: Infinity, entry: 5_000 };

const day_ms = 86_400_000;

/** The first and the last day of a period that ends today or is named. */
export function daysOf(period: PeriodWords, today: string): { from: string; until: string } {
  if (period.from !== null && period.until !== null) return { from: period.from, until: period.until };
  const days = Math.max(1, Number(period.days) || 1);
  return { from: new Date(Date.parse(today) - (days - 1) * day_ms).toISOString().slice(0, 10), until: today };
}

/** The calendar day in a time zone: "2026-11-30". */
export function todayIn(time_zone: string | undefined, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: time_zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

export function sumOf(rows: TimeTotals[]): TimeTotals {
  return rows.reduce(
    (sum, row) => ({
      count: sum.count + row.count, seconds: sum.seconds + row.seconds, billable_seconds: sum.billable_seconds + row.billable_seconds,
    }),
    { count: 0, seconds: 0, billable_seconds: 0 },
  );
}

/** Hours as a spreadsheet adds them up. */
export function decimalHours(seconds: number): number {
  return Math.round((seconds / 3_600) * 100) / 100;
}
