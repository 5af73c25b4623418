import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, keys, useMeta, useOrganisation } from '@/api';
import type { SearchGroup } from '@/api';
import { addressOf, isRecipient, recipientText } from './recipients';

const choices_max = 8;
const words_min = 2;

/** Contacts and colleagues whose name or address holds the typed words. */
export function useRecipientChoices(words: string, taken: string[]): string[] {
  const org = useOrganisation();
  const { agents } = useMeta();
  const search = useQuery({
    queryKey: [...keys.search(org, words, 'contacts'), 'recipients'],
    enabled: words.length >= words_min,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const answer = await get<{ groups: SearchGroup[] }>(`/desk/${org}/search`, { q: words, module: 'contacts' }, signal);
      return answer.groups.flatMap((group) => group.records);
    },
  });
  if (words.length < words_min) return [];
  const people = (search.data ?? []).map(({ title, subtitle }) => recipientText({ name: title, address: mailIn(subtitle) }));
  const colleagues = agents
    .filter((agent) => agent.status === 'active' && `${agent.name} ${agent.email}`.toLowerCase().includes(words.toLowerCase()))
    .map((agent) => recipientText({ name: agent.name, address: agent.email }));
  const known = new Set(taken.map((each) => addressOf(each).toLowerCase()));
  return [...new Set([...people, ...colleagues])]
    .filter((each) => isRecipient(each) && !known.has(addressOf(each).toLowerCase()))
    .slice(0, choices_max);
}

function mailIn(text: string | null): string {
  return /[^\s<>·,]+@[^\s<>·,]+/.exec(text ?? '')?.[0] ?? '';
}
