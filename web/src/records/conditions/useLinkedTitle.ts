import { useQuery } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';
import type { Linked, RecordData } from '@/api';

/** A record that a condition names by its id, with its title; the id alone while that is not known. */
export function useLinkedTitle(module: string, id: string | null): Linked | null {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: keys.record(org, module, id ?? ''),
    enabled: id !== null && ['contacts', 'accounts', 'products'].includes(module),
    queryFn: ({ signal }) => get<RecordData>(`/desk/${org}/${module}/${id ?? ''}`, {}, signal),
    staleTime: 60_000,
    retry: false,
  });
  return id === null ? null : { id, title: query.data?.title ?? id };
}
