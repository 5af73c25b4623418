import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';
import { viewsPath } from './views_path';

interface ViewCount {
  id: string;
  count: number;
  count_is_exact: boolean;
}

/** The server counts so many at a time. */
const counted_max = 20;
const refresh_ms = 60_000;

/**
 * The counts of custom views, asked for beside the list of views so that nothing waits for them. They are
 * renewed by the minute and not with every event: each costs the server a look at many records.
 */
export function useViewCounts(module: string, ids: string[], department: string | null = null): Map<string, ViewCount> {
  const org = useOrganisation();
  const groups = Array.from({ length: Math.ceil(ids.length / counted_max) }, (_, at) => ids.slice(at * counted_max, (at + 1) * counted_max));
  const answers = useQueries({
    queries: groups.map((group) => ({
      queryKey: [...keys.viewCounts(org), module, department, group.join(',')],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await get<{ counts: ViewCount[] }>(`${viewsPath(org, module)}/counts`, { ids: group.join(','), department }, signal)).counts,
      placeholderData: keepPreviousData,
      staleTime: refresh_ms,
      refetchInterval: refresh_ms,
    })),
  });
  return new Map(answers.flatMap((answer) => (answer.data ?? []).map((count) => [count.id, count] as const)));
}
