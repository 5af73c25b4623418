import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { keys, post, useOrganisation } from '@/api';
import { filterOf, isUnfinished } from '@/records';
import type { ConditionGroup } from '@/records';

const typing_ms = 400;

/** How many tickets conditions would find, while they are being written. */
export function useConditionCount(conditions: ConditionGroup) {
  const org = useOrganisation();
  const [filter] = useDebouncedValue(JSON.stringify(filterOf(conditions)), typing_ms);
  const is_unfinished = isUnfinished(conditions);
  return useQuery({
    queryKey: keys.conditionCount(org, filter),
    enabled: !is_unfinished,
    queryFn: () => {
      const parsed: unknown = JSON.parse(filter);
      return post<{ count: number; count_is_exact: boolean }>(`/desk/${org}/views/count`, { filter: parsed });
    },
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    retry: false,
  });
}
