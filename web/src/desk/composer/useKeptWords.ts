import { useQuery } from '@tanstack/react-query';
import { get, keys, Refusal, useMeta, useOrganisation } from '@/api';
import { readUnsaved, unsavedKey } from './draft_store';
import { emptyLetter, isBlank } from './letter';
import type { Letter, LetterKind } from './letter';
import { slotOf } from './writing';

/** My unsent texts of a ticket that is out of sight: as the server has them, or newer in this window. */
export function useKeptWords(ticket: string): Letter[] {
  const org = useOrganisation();
  const { me } = useMeta();
  const query = useQuery({
    queryKey: [...keys.organisation(org), 'own_words', ticket],
    staleTime: 0,
    queryFn: async ({ signal }) => {
      try {
        return (await get<{ texts: { kind: LetterKind; html: string }[] }>(`/desk/${org}/tickets/${ticket}/draft/words`, {}, signal)).texts;
      } catch (error) {
        if (error instanceof Refusal && error.kind === 'not_found') return [];
        throw error;
      }
    },
  });
  if (query.data === undefined) return [];
  const unsaved = Object.values(readUnsaved(unsavedKey(org, me.agent_id, ticket))?.writing.letters ?? {}).filter((letter) => !isBlank(letter, []));
  const saved = query.data.map(({ kind, html }) => ({ ...emptyLetter(kind), html }));
  return [...unsaved, ...saved.filter(({ kind }) => !unsaved.some((newer) => slotOf(newer.kind) === slotOf(kind)))];
}
