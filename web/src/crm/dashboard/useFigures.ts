import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, homeOf, keys, useOrganisation } from '@/api';
import type { Filter } from '@/api';
import type { FigureGroups } from './sales_figures';

const fresh_ms = 10_000;
const look_again_ms = 60_000;

export interface FiguresAsked {
  filter: Filter;
  /** Fields whose equal values make a group. */
  by?: string[];
  /** Fields to add up. */
  sum?: string[];
}

/** Counts and sums of the records that a list with this filter shows; read again every minute. */
export function useFigures(module: string, { filter, by = [], sum = [] }: FiguresAsked, { is_asked = true } = {}) {
  const org = useOrganisation();
  const query = { filter, by: by.join(','), sum: sum.join(',') };
  return useQuery({
    queryKey: keys.figures(org, module, query),
    queryFn: async ({ signal }) => (await get<FigureGroups>(`${homeOf(org)}/${module}/figures`, query, signal)).groups,
    enabled: is_asked,
    placeholderData: keepPreviousData,
    staleTime: fresh_ms,
    refetchInterval: look_again_ms,
  });
}
