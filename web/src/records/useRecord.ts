import { useQuery, useQueryClient } from '@tanstack/react-query';
import { get, homeOf, keys, knownRecord, useOrganisation } from '@/api';
import type { RecordData } from '@/api';

/** One record. What a list already knows is shown at once, while the whole record is on its way. */
export function useRecord(module: string, id: string, { is_asked = true } = {}) {
  const org = useOrganisation();
  const cache = useQueryClient();
  return useQuery<RecordData>({
    queryKey: keys.record(org, module, id),
    queryFn: ({ signal }) => get<RecordData>(`${homeOf(org)}/${module}/${id}`, {}, signal),
    placeholderData: () => knownRecord(cache, org, module, id),
    enabled: is_asked,
    staleTime: 10_000,
  });
}
