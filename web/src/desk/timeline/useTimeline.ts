import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { get, keys, useOrganisation } from '@/api';
import type { TimelineItem, TimelinePage } from '@/api';

const page_items = 50;

/** What happened on a ticket, oldest first. Older pages come when asked for. */
export function useTimeline(ticket: string) {
  const org = useOrganisation();
  const query = useInfiniteQuery({
    queryKey: keys.timeline(org, ticket),
    queryFn: ({ pageParam, signal }) =>
      get<TimelinePage>(`/desk/${org}/tickets/${ticket}/timeline`, { before: pageParam, limit: page_items }, signal),
    initialPageParam: newest(),
    getNextPageParam: (page) => page.older_cursor,
    staleTime: 5_000,
  });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const items = useMemo(() => oldestFirst(query.data?.pages ?? []), [query.data]);
  const fetchOlder = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return {
    items, is_loading: query.isPending, error: query.data === undefined ? query.error : null, reload: query.refetch,
    has_older: hasNextPage, is_fetching_older: isFetchingNextPage, fetchOlder,
  };
}

function newest(): string | null {
  return null;
}

/** Pages come newest first, items within a page oldest first; an item that is on two pages is shown once. */
export function oldestFirst(pages: TimelinePage[]): TimelineItem[] {
  const by_id = new Map<string, TimelineItem>();
  for (const page of [...pages].reverse())
    for (const item of page.items) by_id.set(`${item.type}.${item.id}`, item);
  return [...by_id.values()];
}
