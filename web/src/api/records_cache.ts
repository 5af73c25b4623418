// What a change somewhere means for what this browser holds. The rule: rows that are shown are brought
// up to date where they stand; new rows are announced (usePending), never pushed under the cursor.

import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { get } from './client';
import { appOf, homeOf } from './home';
import { keys } from './keys';
import { Refusal } from './refusal';
import type { Change, RecordData, RecordList } from './types';

type Pages = InfiniteData<RecordList, string | null>;

/** In Desk, calls that ring are no records; who shows them listens for this. */
const calls_module = 'calls';

/** What every screen knows of the organisation names their records. */
const told_with_meta = ['departments', 'agents', 'pipelines', 'stages', 'team_pipelines'];

/** Above this many changes in one breath, lists are asked again instead of record by record. */
const single_fetches_max = 20;

/** Puts the server's newest word about a record everywhere it is shown. */
export function putRecord(cache: QueryClient, org: string, record: RecordData): void {
  cache.setQueryData(keys.record(org, record.module, record.id), record);
  changeRows(cache, org, record.module, (rows) =>
    rows.some((row) => row.id === record.id)
      ? rows.map((row) => (row.id === record.id ? { ...row, ...record } : row))
      : rows,
  );
  if (record.module === 'tickets') placeOnBoards(cache, org, record);
}

/** Takes a deleted record out of every list. */
export function dropRecord(cache: QueryClient, org: string, module: string, id: string): void {
  changeRows(cache, org, module, (rows) =>
    rows.some((row) => row.id === id) ? rows.filter((row) => row.id !== id) : rows,
  );
}

/** The record as it stands in the cache, from its own page or from any list. */
export function knownRecord(cache: QueryClient, org: string, module: string, id: string): RecordData | undefined {
  const own = cache.getQueryData<RecordData>(keys.record(org, module, id));
  if (own) return own;
  for (const [, pages] of cache.getQueriesData<Pages>({ queryKey: keys.lists(org, module) }))
    for (const page of pages?.pages ?? [])
      for (const row of page.records) if (row.id === id) return row;
  return undefined;
}

export async function applyChanges(cache: QueryClient, org: string, changes: Change[]): Promise<void> {
  if (changes.some(isPersonal)) void cache.invalidateQueries({ queryKey: keys.notifications(org) });
  const news = changes.filter((change) => !isPersonal(change) && !isRinging(org, change) && !isKnown(cache, org, change));
  if (news.length === 0) return;
  void cache.invalidateQueries({ queryKey: keys.allViews(org) });
  for (const module of new Set(news.map((change) => change.module)))
    if (told_with_meta.includes(module))
      void cache.invalidateQueries({ queryKey: keys.meta(org) });
  if (news.length > single_fetches_max) {
    for (const module of new Set(news.map((change) => change.module)))
      void cache.invalidateQueries({ queryKey: keys.module(org, module) });
    return;
  }
  await Promise.all(news.map((change) => applyChange(cache, org, change)));
}

async function applyChange(cache: QueryClient, org: string, change: Change): Promise<void> {
  const { module, id, verb } = change;
  void cache.invalidateQueries({ queryKey: keys.record(org, module, id) });
  if (verb === 'deleted' || verb === 'gone') return dropRecord(cache, org, module, id);
  if (knownRecord(cache, org, module, id) !== undefined) return refreshRow(cache, org, module, id);
  cache.setQueryData(keys.pending(org, module), (ids: string[] | undefined) =>
    ids?.includes(id) ? ids : [...(ids ?? []), id],
  );
}

async function refreshRow(cache: QueryClient, org: string, module: string, id: string): Promise<void> {
  try {
    putRecord(cache, org, await get<RecordData>(`${homeOf(org)}/${module}/${id}`));
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'not_found') dropRecord(cache, org, module, id);
  }
}

function isRinging(org: string, change: Change): boolean {
  return change.module === calls_module && appOf(org) === 'desk';
}

/** I was told something, or read it in another window: no record of a module. */
function isPersonal(change: Change): boolean {
  return change.module === 'notifications';
}

/** Our own write came back as an event: the answer of the write has been taken already. */
function isKnown(cache: QueryClient, org: string, change: Change): boolean {
  if (change.verb === 'deleted') return false;
  const known = knownRecord(cache, org, change.module, change.id);
  return known !== undefined && String(known.revision) === String(change.revision);
}

function changeRows(
  cache: QueryClient, org: string, module: string, change: (rows: RecordData[]) => RecordData[],
): void {
  cache.setQueriesData<Pages>({ queryKey: keys.lists(org, module) }, (data) => {
    if (!data) return data;
    let is_changed = false;
    const pages = data.pages.map((page) => {
      const records = change(page.records);
      if (records === page.records) return page;
      is_changed = true;
      return { ...page, records };
    });
    return is_changed ? { ...data, pages } : data;
  });
}

/** On a board a ticket stands in the column of its status: it moves there from the column where it was. */
function placeOnBoards(cache: QueryClient, org: string, record: RecordData): void {
  const columns = cache.getQueriesData<Pages>({ queryKey: keys.lists(org, 'tickets') })
    .map(([key, data]) => ({ key, data, place: boardPlace(key[key.length - 1]) }))
    .filter((column) => column.place !== null && column.data !== undefined);
  const holds = (data: Pages | undefined) => data?.pages.some((page) => page.records.some((row) => row.id === record.id)) ?? false;
  for (const { key, data, place } of columns) {
    if (place === null || !holds(data) || place.status === record.status) continue;
    const row = data?.pages.flatMap((page) => page.records).find((each) => each.id === record.id);
    cache.setQueryData<Pages>(key, (pages) => pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, records: page.records.filter((each) => each.id !== record.id) })) });
    const target = columns.find((each) => each.place?.board === place.board && each.place.status === record.status);
    if (target && !holds(target.data))
      cache.setQueryData<Pages>(target.key, (pages) => pages && {
        ...pages, pages: pages.pages.map((page, at) => (at === 0 ? { ...page, records: [{ ...row, ...record }, ...page.records] } : page)),
      });
  }
}

/** Takes a ticket out of every column of the board that shows `board`: it has no place there any more. */
export function takeOffBoard(cache: QueryClient, org: string, board: object, id: string): void {
  const shown = JSON.stringify(board);
  for (const [key, data] of cache.getQueriesData<Pages>({ queryKey: keys.lists(org, 'tickets') })) {
    if (!data || boardPlace(key[key.length - 1])?.board !== shown) continue;
    cache.setQueryData<Pages>(key, { ...data, pages: data.pages.map((page) => ({ ...page, records: page.records.filter((row) => row.id !== id) })) });
  }
}

/** Which column of which board a list is; null for a list that is none. */
function boardPlace(query: unknown): { board: string; status: unknown } | null {
  if (typeof query !== 'object' || query === null || !('status' in query)) return null;
  const { status, ...rest } = query;
  return { board: JSON.stringify(rest), status };
}
