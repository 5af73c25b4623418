import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';
import type { View } from '@/api';

/** The views of the queue with their counts, kept live by the events of the organisation. */
export function useViews(department: string | null) {
  const org = useOrganisation();
  return useQuery({
    queryKey: keys.views(org, department),
    queryFn: async ({ signal }) => (await get<{ views: View[] }>(`/desk/${org}/views`, { department }, signal)).views,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
}
