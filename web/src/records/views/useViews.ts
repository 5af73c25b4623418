import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';
import type { CustomView, View, Views } from '@/api';
import { viewsPath } from './views_path';

/** The views of a module; the ready ones with their counts, kept live by the events of the organisation. */
export function useViews(module: string, department: string | null = null) {
  const org = useOrganisation();
  return useQuery({
    queryKey: keys.views(org, module, department),
    queryFn: ({ signal }) => get<Views>(viewsPath(org, module), { department }, signal),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
}

export function isCustom(view: View | CustomView): view is CustomView {
  return view.kind === 'custom';
}
