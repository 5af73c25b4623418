import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { get, keys, useOrganisation } from '@/api';
import type { ReplyDraft } from '@/api';
import { useToast } from '@/ui';
import type { LetterKind } from './letter';

/** What the server proposes for a kind of mail: recipients, subject, what is quoted. A comment needs none of it. */
export function useProposal(ticket: string, shown: LetterKind | null) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const options = useCallback(
    (kind: LetterKind) => queryOptions({
      queryKey: [...keys.record(org, 'tickets', ticket), 'reply_draft', kind],
      queryFn: ({ signal }) => get<ReplyDraft>(`/desk/${org}/tickets/${ticket}/reply_draft`, { kind }, signal),
    }),
    [org, ticket],
  );
  const query = useQuery({ ...options(shown ?? 'comment'), enabled: shown !== null && shown !== 'comment' });
  const propose = useCallback(
    async (kind: LetterKind): Promise<ReplyDraft | null> => {
      if (kind === 'comment') return null;
      return cache.fetchQuery(options(kind)).catch((error: unknown) => {
        toast.refused(error);
        return null;
      });
    },
    [cache, options, toast],
  );
  /** Asked anew, also when an answer to an older question is still on its way. */
  const proposeAgain = useCallback(
    async (kind: LetterKind): Promise<ReplyDraft | null> => {
      if (cache.getQueryState(options(kind).queryKey)?.fetchStatus === 'fetching') await propose(kind);
      return propose(kind);
    },
    [cache, options, propose],
  );
  return { proposal: query.data ?? null, propose, proposeAgain };
}
