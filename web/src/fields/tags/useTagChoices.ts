import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, homeOf, keys, useOrganisation } from '@/api';

/** Tags in use that begin with the typed words. Only tickets have such a list. */
export function useTagChoices(module: string, field: string, words: string): string[] {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: keys.tags(org, words),
    enabled: module === 'tickets' && field === 'tags',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await get<{ tags: string[] }>(`${homeOf(org)}/ticket_tags`, { q: words }, signal)).tags,
  });
  return query.data ?? [];
}
