import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keys, post, useOrganisation } from '@/api';
import type { Duplicate, DuplicatePair } from './contact_types';

interface DuplicatePage {
  pairs: DuplicatePair[];
  next_cursor: string | null;
}

/** Contacts that may be the same person as this one. */
export function useDuplicatesOf(contact: string) {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: [...keys.duplicates(org), contact],
    queryFn: async ({ signal }) => (await get<{ duplicates: Duplicate[] }>(`/desk/${org}/contacts/${contact}/duplicates`, undefined, signal)).duplicates,
  });
  return query.data ?? [];
}

/** All pairs of the organisation, page by page. */
export function useDuplicatePairs() {
  const org = useOrganisation();
  return useInfiniteQuery({
    queryKey: [...keys.duplicates(org), 'pairs'],
    queryFn: ({ pageParam, signal }) => get<DuplicatePage>(`/desk/${org}/contact_duplicates`, { cursor: pageParam }, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next_cursor,
  });
}

function firstPage(): string | null {
  return null;
}

/** Says that two contacts are two people. */
export function useDismissDuplicate() {
  const org = useOrganisation();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ contact, other }: { contact: string; other: string }) => post(`/desk/${org}/contacts/${contact}/duplicates/dismiss`, { other }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.duplicates(org) }),
  });
}
