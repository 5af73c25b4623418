import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';
import type { CustomView, View, Views } from '@/api';

/** The views of the queue; the ready ones with their counts, kept live by the events of the organisation. */
export function useViews(department: string | null) {
  const org = useOrganisation();
  return useQuery({
    queryKey: keys.views(org, department),
    queryFn: ({ signal }) => get<Views>(`/desk/${org}/views`, { department }, signal),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
}

export function isCustom(view: View | CustomView): view is CustomView {
  return view.kind === 'custom';
}
