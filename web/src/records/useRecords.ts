import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, homeOf, keys, useOrganisation } from '@/api';
import type { Filter, RecordList } from '@/api';
import { useRecordPages } from './useRecordPages';
import type { Records } from './useRecordPages';

export interface ListQuery {
  view?: string | null;
  filter?: Filter | null;
  department?: string | null;
  sort?: string | null;
  /** As in the search: the records that hold them. */
  words?: string | null;
  /** One column of a board. */
  status?: string;
}

const page_rows = 50;
const stretches_max = 20;

/** A list of a module, page after page. Rows follow what happens elsewhere; new ones are announced. */
export function useRecords(module: string, query: ListQuery): Records {
  const org = useOrganisation();
  const cache = useQueryClient();
  const pending = useQuery<string[]>({
    queryKey: keys.pending(org, module), queryFn: () => [], enabled: false, initialData: [], staleTime: Infinity,
  });
  // What is new in the module may have no place in this list; the server says what has.
  const arrived = useQuery({
    queryKey: keys.arrived(org, module, query, pending.data),
    queryFn: ({ signal }) =>
      get<RecordList>(`${homeOf(org)}/${module}`, { ...query, ids: pending.data.slice(-page_rows).join(','), limit: page_rows }, signal),
    enabled: pending.data.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  const list = useInfiniteQuery({
    queryKey: keys.list(org, module, query),
    queryFn: async ({ pageParam, signal }) => {
      const read = (cursor: string | null) =>
        get<RecordList>(`${homeOf(org)}/${module}`, { ...query, limit: page_rows, cursor, count: cursor === null && query.status === undefined ? 1 : null }, signal);
      const page = await read(pageParam);
      // The server looks at so many records at a time, so that a page may be short and the list not at its end.
      for (let stretch = 1; page.records.length < page_rows && page.next_cursor !== null && stretch < stretches_max; stretch += 1) {
        const next = await read(page.next_cursor);
        page.records.push(...next.records);
        page.next_cursor = next.next_cursor;
      }
      if (pageParam === null) cache.setQueryData(keys.pending(org, module), []);
      return page;
    },
    initialPageParam: firstPage(),
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  return useRecordPages(list, pending.data.length > 0 ? (arrived.data?.records.length ?? 0) : 0);
}

function firstPage(): string | null {
  return null;
}
