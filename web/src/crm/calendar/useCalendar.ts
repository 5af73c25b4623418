import { keepPreviousData, useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { allOf, condition, get, homeOf, keys, useEvents, useMeta, useOrganisation } from '@/api';
import type { Filter, RecordData, RecordList } from '@/api';
import { fromWallClock } from '@/fields/instant/wall_clock';
import { useFormat } from '@/ui';
import { dayPlus } from './calendar_days';
import { entriesOf } from './entries';
import type { Entry, EntryModule } from './entries';

export const entry_modules: EntryModule[] = ['events', 'calls', 'tasks'];

const page_rows = 100;
/** Of each kind in the days that are shown; more is said to be left out. */
export const records_shown_max = 500;
/** Changes that come within this time are asked about together. */
const gather_ms = 250;

interface CalendarAsked {
  days: string[];
  /** "me", the id of a colleague, or null for everybody. */
  owner: string | null;
}

interface Calendar {
  entries: Entry[];
  is_loading: boolean;
  error: Error | null;
  /** There is more in these days than is shown. */
  is_cut: boolean;
  reload: () => void;
}

/** What stands on the days, of all three kinds that the role may read; it follows what happens elsewhere. */
export function useCalendar({ days, owner }: CalendarAsked): Calendar {
  const org = useOrganisation();
  const cache = useQueryClient();
  const { modules } = useMeta();
  const { time_zone } = useFormat();
  const readable = entry_modules.filter((name) => modules.some((module) => module.name === name && module.may.includes('read')));
  const answers = useQueries({
    queries: readable.map((module) => {
      const filter = allOf([owner === null ? null : condition('owner', 'is', owner), ...conditionsOf(module, days, time_zone)]);
      return {
        queryKey: keys.calendar(org, module, { filter }),
        queryFn: ({ signal }: { signal: AbortSignal }) => readAll(`${homeOf(org)}/${module}`, { filter, sort: module === 'tasks' ? 'due_on' : 'starts_at' }, signal),
        placeholderData: keepPreviousData,
        staleTime: 15_000,
      };
    }),
  });
  const timer = useRef<number | undefined>(undefined);
  const reload = () => {
    timer.current = undefined;
    for (const module of entry_modules) void cache.invalidateQueries({ queryKey: keys.calendars(org, module) });
  };
  useEvents((change) => {
    if (entry_modules.some((module) => module === change.module)) timer.current ??= window.setTimeout(reload, gather_ms);
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const shown = new Set(days);
  return {
    entries: answers.flatMap(({ data }, at) => {
      const module = readable[at];
      return module === undefined ? [] : (data ?? []).flatMap((record) => entriesOf(module, record, time_zone)).filter(({ day }) => shown.has(day));
    }),
    is_loading: answers.some(({ isPending }) => isPending),
    error: answers.find(({ error, data }) => error !== null && data === undefined)?.error ?? null,
    is_cut: answers.some(({ data }) => (data?.length ?? 0) >= records_shown_max),
    reload,
  };
}

/** What begins before the last day is over and ends after the first has begun. */
function conditionsOf(module: EntryModule, days: string[], time_zone: string): Filter[] {
  const first = days[0] ?? '';
  const last = days.at(-1) ?? '';
  if (module === 'tasks') return [condition('due_on', 'between', [first, last])];
  const from = fromWallClock(`${first}T00:00`, time_zone);
  const until = fromWallClock(`${dayPlus(last, 1)}T00:00`, time_zone);
  return [condition('starts_at', 'before', until), condition(module === 'events' ? 'ends_at' : 'starts_at', 'at_least', from)];
}

async function readAll(path: string, query: { filter: Filter | null; sort: string }, signal: AbortSignal): Promise<RecordData[]> {
  const records: RecordData[] = [];
  let cursor: string | null = null;
  do {
    const page: RecordList = await get<RecordList>(path, { ...query, limit: page_rows, cursor }, signal);
    records.push(...page.records);
    cursor = page.next_cursor;
  } while (cursor !== null && records.length < records_shown_max);
  return records;
}
