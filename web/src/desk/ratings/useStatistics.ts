import { useQuery } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';
import type { Rating } from './ratings';

export interface Statistics {
  tickets: number;
  open: number;
  overdue: number;
  answered: number;
  resolved: number;
  average_first_answer_minutes: number | null;
  average_resolution_minutes: number | null;
  ratings: Record<Rating, { count: number; percent: number }>;
  is_capped: boolean;
}

/** The figures of a contact or an account, over the tickets in one's own lists. */
export function useStatistics(module: 'contacts' | 'accounts', id: string) {
  const org = useOrganisation();
  return useQuery({
    queryKey: keys.statistics(org, module, id),
    queryFn: ({ signal }) => get<Statistics>(`/desk/${org}/${module}/${id}/statistics`, {}, signal),
  });
}
