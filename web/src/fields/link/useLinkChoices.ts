import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';
import type { RecordList, SearchGroup } from '@/api';

const choices_max = 20;

interface LinkChoices {
  choices: { value: string; label: string }[];
  is_loading: boolean;
}

/** Records of a module to choose from: the newest, or those that the typed words find. */
export function useLinkChoices(module: string, words: string, is_enabled: boolean): LinkChoices {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: [...keys.search(org, words, module), 'choices'],
    enabled: is_enabled && module !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      if (words.trim() === '') {
        const list = await get<RecordList>(`/desk/${org}/${module}`, { limit: choices_max }, signal);
        return list.records.map(({ id, title }) => ({ value: id, label: title }));
      }
      const answer = await get<{ groups: SearchGroup[] }>(`/desk/${org}/search`, { q: words, module }, signal);
      const hits = answer.groups.flatMap((group) => group.records).slice(0, choices_max);
      return hits.map(({ id, title, subtitle }) => ({
        value: id, label: subtitle ? `${title} · ${subtitle}` : title,
      }));
    },
  });
  return { choices: query.data ?? [], is_loading: query.isFetching };
}
