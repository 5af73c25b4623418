import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { keys, post, useOrganisation } from '@/api';
import { useConditionModule } from '../conditions/condition_module';
import { filterOf, isUnfinished } from '../conditions/conditions';
import type { ConditionGroup } from '../conditions/conditions';
import { viewsPath } from './views_path';

const typing_ms = 400;

/** How many records conditions would find, while they are being written. */
export function useConditionCount(conditions: ConditionGroup) {
  const org = useOrganisation();
  const module = useConditionModule();
  const [filter] = useDebouncedValue(JSON.stringify(filterOf(conditions)), typing_ms);
  const is_unfinished = isUnfinished(conditions);
  return useQuery({
    queryKey: keys.conditionCount(org, module, filter),
    enabled: !is_unfinished,
    queryFn: () => {
      const parsed: unknown = JSON.parse(filter);
      return post<{ count: number; count_is_exact: boolean }>(`${viewsPath(org, module)}/count`, { filter: parsed });
    },
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    retry: false,
  });
}
