import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keys, post, putRecord, useOrganisation } from '@/api';
import type { DoneMerge, MergePreview, RecordData } from '@/api';

/** Merges tickets into one, and takes a merge apart again. */
export function useMerge(target: RecordData) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const path = `/desk/${org}/tickets/${target.id}`;
  const take = (ticket: RecordData) => {
    putRecord(cache, org, ticket);
    void cache.invalidateQueries({ queryKey: keys.module(org, 'tickets') });
    void cache.invalidateQueries({ queryKey: keys.allViews(org) });
  };
  const merging = useMutation({
    mutationFn: async (preview: MergePreview) => {
      const tickets = preview.tickets.map(({ id, revision }) => ({ id, revision }));
      take(await post<RecordData>(`${path}/merge`, { tickets, revision: preview.target.revision }));
      return (await get<{ merges: DoneMerge[] }>(`${path}/merges`)).merges[0]?.id ?? null;
    },
  });
  const undoing = useMutation({
    mutationFn: (merge: string) => post<RecordData>(`${path}/merges/${merge}/undo`),
    onSuccess: take,
  });
  return { merging, undoing };
}

/** What merging these tickets will do, as the server says it. */
export function useMergePreview(target: string, chosen: string[]) {
  const org = useOrganisation();
  return useQuery({
    queryKey: keys.mergePreview(org, target, chosen),
    enabled: chosen.length > 0,
    gcTime: 0,
    retry: false,
    queryFn: () => post<MergePreview>(`/desk/${org}/tickets/${target}/merge/preview`, { tickets: chosen.map((id) => ({ id })) }),
  });
}

/** What was merged into a ticket and can still be taken apart. */
export function useDoneMerges(ticket: string) {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: keys.merges(org, ticket),
    queryFn: async ({ signal }) => (await get<{ merges: DoneMerge[] }>(`/desk/${org}/tickets/${ticket}/merges`, undefined, signal)).merges,
  });
  return query.data ?? [];
}
