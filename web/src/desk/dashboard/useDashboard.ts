import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';
import type { RecordList } from '@/api';
import { useRecordPages } from '@/records';
import type { Records } from '@/records';
import type { Dashboard } from './dashboard_types';
import type { PeriodWords } from './period';

const fresh_ms = 10_000;
const look_again_ms = 60_000;
const counting_ms = 2_000;
const page_rows = 50;

/** The figures of a period; read again every minute, and oftener while they are being counted. */
export function useDashboard(period: PeriodWords, department: string | null) {
  const org = useOrganisation();
  const query = { ...period, department };
  return useQuery({
    queryKey: keys.dashboard(org, query),
    queryFn: ({ signal }) => get<Dashboard>(`/desk/${org}/dashboard`, query, signal),
    placeholderData: keepPreviousData,
    staleTime: fresh_ms,
    refetchInterval: ({ state }) => (state.data?.is_ready === false ? counting_ms : look_again_ms),
  });
}

/** The tickets behind a figure, page after page. `query` is that of the page's own address. */
export function useTicketsBehind(query: string): Records {
  const org = useOrganisation();
  const list = useInfiniteQuery({
    queryKey: keys.list(org, 'tickets', { behind: query }),
    queryFn: ({ pageParam, signal }) => {
      const words = new URLSearchParams(query);
      words.set('limit', String(page_rows));
      if (pageParam !== '') words.set('cursor', pageParam);
      return get<RecordList>(`/desk/${org}/dashboard/tickets?${words.toString()}`, {}, signal);
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor,
    staleTime: fresh_ms,
  });
  return useRecordPages(list);
}
