import { useQuery } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';
import type { Layout } from '@/api';

const fresh_ms = 30_000;

/** How a department fills in its tickets; nothing while that is not known. */
export function useLayout(department: string | null): Layout | null {
  const org = useOrganisation();
  const path = `layouts/${department ?? ''}`;
  const query = useQuery({
    queryKey: keys.settings(org, path, '{}'),
    enabled: department !== null,
    queryFn: ({ signal }) => get<Layout>(`/desk/${org}/${path}`, {}, signal),
    staleTime: fresh_ms,
    retry: false,
  });
  return department === null ? null : (query.data ?? null);
}
