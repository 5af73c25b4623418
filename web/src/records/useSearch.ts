import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, homeOf, keys, useOrganisation } from '@/api';
import type { SearchGroup } from '@/api';

/** What the words find, by module; the palette and the search page ask the same question and share its answer. */
export function useSearch(words: string, module: string | null) {
  const org = useOrganisation();
  return useQuery({
    queryKey: keys.search(org, words, module),
    enabled: words !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await get<{ groups: SearchGroup[] }>(`${homeOf(org)}/search`, { q: words, module }, signal)).groups,
  });
}
