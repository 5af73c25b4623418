import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { RecordData, RecordList } from '@/api';

export interface Records {
  records: RecordData[];
  count: number | null;
  /** The count stops at 1,000. */
  count_is_exact: boolean;
  is_loading: boolean;
  /** Rows of the list before are still shown while the new one is on its way. */
  is_stale: boolean;
  error: Error | null;
  has_more: boolean;
  is_fetching_more: boolean;
  fetchMore: () => void;
  reload: () => void;
  /** How many records came into the list since it was read. They are shown when asked. */
  pending_count: number;
}

/** What a table shows of a list that is read page after page. */
export function useRecordPages(list: UseInfiniteQueryResult<InfiniteData<RecordList>>, pending_count = 0): Records {
  const { fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = list;
  const records = useMemo(() => uniqueById(list.data?.pages ?? []), [list.data]);
  const first = list.data?.pages[0];
  const fetchMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const reload = useCallback(() => void refetch(), [refetch]);
  return {
    records,
    count: first?.count ?? null,
    count_is_exact: first?.count_is_exact ?? true,
    is_loading: list.isPending,
    is_stale: list.isPlaceholderData,
    error: list.data === undefined ? list.error : null,
    has_more: hasNextPage,
    is_fetching_more: isFetchingNextPage,
    fetchMore,
    reload,
    pending_count,
  };
}

/** A row that moved between two pages while they were read is shown once. */
function uniqueById(pages: RecordList[]): RecordData[] {
  const by_id = new Map<string, RecordData>();
  for (const page of pages) for (const record of page.records) if (!by_id.has(record.id)) by_id.set(record.id, record);
  return [...by_id.values()];
}
