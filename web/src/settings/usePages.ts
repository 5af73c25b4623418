import { useInfiniteQuery } from '@tanstack/react-query';
import { get, homeOf, keys, useOrganisation } from '@/api';
import type { QueryValue } from '@/api';

type Page<Name extends string, Row> = { [name in Name]: Row[] } & { next_cursor: string | null };

/** A settings address that answers page after page. */
export function usePages<Name extends string, Row>(path: string, name: Name, words: Record<string, QueryValue> = {}) {
  const org = useOrganisation();
  const query = useInfiniteQuery({
    queryKey: keys.settings(org, path, JSON.stringify(words)),
    queryFn: ({ pageParam, signal }) =>
      get<Page<Name, Row>>(`${homeOf(org)}/${path}`, { ...words, cursor: pageParam }, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (last) => last.next_cursor,
  });
  const rows: Row[] = (query.data?.pages ?? []).flatMap((page) => page[name]);
  return { query, rows, has_more: query.hasNextPage, is_fetching_more: query.isFetchingNextPage, fetchMore: () => void query.fetchNextPage() };
}

function firstPage(): string | null {
  return null;
}
