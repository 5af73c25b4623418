import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, homeOf, keys, useOrganisation } from '@/api';
import type { RecordList, SearchGroup, SearchHit } from '@/api';

const choices_max = 20;

interface LinkChoices {
  choices: { value: string; label: string }[];
  is_loading: boolean;
}

/**
 * Records of a module to choose from: the newest, or those that the typed words find. For a ticket of a
 * department, the products that it may have.
 */
export function useLinkChoices(module: string, words: string, is_enabled: boolean, department: string | null = null): LinkChoices {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: [...keys.search(org, words, module), 'choices', department],
    enabled: is_enabled && module !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      if (module === 'products' && department !== null) {
        const answer = await get<{ products: SearchHit[] }>(`${homeOf(org)}/ticket_products`, { department, q: words.trim() }, signal);
        return answer.products.map(choiceOf);
      }
      if (words.trim() === '') {
        const list = await get<RecordList>(`${homeOf(org)}/${module}`, { limit: choices_max }, signal);
        return list.records.map(({ id, title }) => ({ value: id, label: title }));
      }
      const answer = await get<{ groups: SearchGroup[] }>(`${homeOf(org)}/search`, { q: words, module }, signal);
      const hits = answer.groups.flatMap((group) => group.records).slice(0, choices_max);
      return hits.map(choiceOf);
    },
  });
  return { choices: query.data ?? [], is_loading: query.isFetching };
}

function choiceOf({ id, title, subtitle }: SearchHit): { value: string; label: string } {
  return { value: id, label: subtitle ? `${title} · ${subtitle}` : title };
}
