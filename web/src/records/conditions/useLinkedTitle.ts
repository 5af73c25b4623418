import { useQueries, useQuery } from '@tanstack/react-query';
import { appOf, get, homeOf, keys, useOrganisation } from '@/api';
import type { Linked, RecordData } from '@/api';
import { modules_with_pages } from '@/fields';

const fresh_ms = 60_000;

/** A record that a condition names by its id, with its title; the id alone while that is not known. */
export function useLinkedTitle(module: string, id: string | null): Linked | null {
  const org = useOrganisation();
  const query = useQuery(titleQuery(org, module, id));
  return id === null ? null : { id, title: query.data?.title ?? id };
}

/** The same for several. */
export function useLinkedTitles(module: string, ids: string[]): Linked[] {
  const org = useOrganisation();
  const found = useQueries({ queries: ids.map((id) => titleQuery(org, module, id)) });
  return ids.map((id, at) => ({ id, title: found[at]?.data?.title ?? id }));
}

function titleQuery(org: string, module: string, id: string | null) {
  return {
    queryKey: keys.record(org, module, id ?? ''),
    enabled: id !== null && modules_with_pages[appOf(org)].includes(module),
    queryFn: ({ signal }: { signal: AbortSignal }) => get<RecordData>(`${homeOf(org)}/${module}/${id ?? ''}`, {}, signal),
    staleTime: fresh_ms,
    retry: false,
  };
}
