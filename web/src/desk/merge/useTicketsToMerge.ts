import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';
import type { RecordData, RecordList, SearchGroup } from '@/api';
import { asLinked, asText } from '@/fields';

const choices_max = 20;

/** Tickets to choose from: those that the words find, or before any is typed the contact's other ones. */
export function useTicketsToMerge(ticket: RecordData, words: string) {
  const org = useOrganisation();
  const contact = asLinked(ticket.contact)?.id ?? null;
  const query = useQuery({
    queryKey: [...keys.search(org, words, 'tickets'), 'merge', ticket.id],
    enabled: words !== '' || contact !== null,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      if (words === '') {
        const filter = { field: 'contact', is: contact };
        const list = await get<RecordList>(`/desk/${org}/tickets`, { filter, limit: choices_max }, signal);
        return list.records.map((each) => ({ value: each.id, label: `#${asText(each.number)} ${each.title}` }));
      }
      const answer = await get<{ groups: SearchGroup[] }>(`/desk/${org}/search`, { q: words, module: 'tickets' }, signal);
      const hits = answer.groups.flatMap((group) => group.records).slice(0, choices_max);
      return hits.map(({ id, title, subtitle }) => ({ value: id, label: `${subtitle ?? ''} ${title}` }));
    },
  });
  return (query.data ?? []).filter((each) => each.value !== ticket.id);
}
