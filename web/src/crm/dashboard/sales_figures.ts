// What the server counted, folded into what charts draw. Pure.

import { allOf, condition } from '@/api';
import type { Filter } from '@/api';
import { asNumber, asText } from '@/fields';

export interface FigureGroup {
  keys: unknown[];
  count: number;
  sums: Record<string, unknown>;
}

export interface FigureGroups {
  groups: FigureGroup[];
  is_whole: boolean;
}

export interface Figure {
  count: number;
  amount: number;
}

export interface MonthFigures {
  /** "2026-11" */
  month: string;
  won: Figure;
  lost: Figure;
}

/** The months that end with that of the day, the oldest first: "2026-10", "2026-11". */
export function monthsUntil(day: string, count: number): string[] {
  const [year, month] = day.split('-').map(Number);
  return Array.from({ length: count }, (_, at) => new Date(Date.UTC(year ?? 1970, (month ?? 1) - count + at, 1)).toISOString().slice(0, 7));
}

/** "2026-11-30" */
export function lastDayOf(month: string): string {
  const [year, at] = month.split('-').map(Number);
  return new Date(Date.UTC(year ?? 1970, at ?? 1, 0)).toISOString().slice(0, 10);
}

/** So many days after, or before, "2026-11-23". */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Groups by closing day and outcome, added up by month; a month without deals has none. */
export function byMonth(groups: FigureGroup[], months: string[]): MonthFigures[] {
  const none = () => ({ count: 0, amount: 0 });
  const found = new Map(months.map((month) => [month, { month, won: none(), lost: none() }]));
  for (const { keys, count, sums } of groups) {
    const month = found.get((asText(keys[0]) ?? '').slice(0, 7));
    const outcome = keys[1];
    if (month === undefined || (outcome !== 'won' && outcome !== 'lost')) continue;
    month[outcome].count += count;
    month[outcome].amount += asNumber(sums.amount) ?? 0;
  }
  return [...found.values()];
}

/** The group of a key, or nothing at all. */
export function groupOf(groups: FigureGroup[] | undefined, key: string): FigureGroup {
  return groups?.find(({ keys }) => asText(keys[0]) === key) ?? { keys: [key], count: 0, sums: {} };
}

export interface DashboardScope {
  pipeline: string | null;
  owner: string | null;
}

/** The deals that the dashboard looks at, and more conditions. */
export function dealsIn({ pipeline, owner }: DashboardScope, ...more: Filter[]): Filter {
  const scope = [pipeline === null ? null : condition('pipeline', 'is', pipeline), ownedBy(owner), ...more];
  return allOf(scope) ?? { all_of: [] };
}

/** Activities of whose owner the dashboard shows. */
export function activitiesIn({ owner }: DashboardScope, ...more: Filter[]): Filter {
  return allOf([ownedBy(owner), ...more]) ?? { all_of: [] };
}

function ownedBy(owner: string | null): Filter | null {
  return owner === null ? null : condition('owner', 'is', owner);
}
