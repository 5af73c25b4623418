import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, post, useLimit, useOrganisation } from '@/api';
import type { BulkResult, RecordData } from '@/api';
import { useText } from '@/i18n';
import { inParts, inTurn, leftOf, useBulkReport } from '@/records';
import { useToast } from '@/ui';

type SpamResult = BulkResult & { unblocked?: boolean };

export interface SpamMark {
  ids: string[];
  is_spam: boolean;
  block_sender?: boolean;
  /** Whose senders alone are blocked: what Not spam unblocked is blocked again when it is taken back. */
  block_senders_of?: string[];
  with_further?: boolean;
}

/** The same for as many tickets at a time as one request may name. */
function partsOf(mark: SpamMark, ids_max: number): SpamMark[] {
  const { block_senders_of = [], ...alike } = mark;
  return inParts(alike, ids_max).map((part) => {
    const blocked = block_senders_of.filter((id) => part.ids.includes(id));
    return blocked.length === 0 ? part : { ...part, block_senders_of: blocked };
  });
}

/**
 * Marks tickets as spam or takes the mark away, says how it went and offers to take it back. `mark` answers the ids of
 * those that stay as they were.
 */
export function useSpam() {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const report = useBulkReport();
  const ids_max = useLimit('bulk_ids');
  const marking = useMutation({
    mutationFn: (mark: SpamMark): Promise<SpamResult[]> =>
      inTurn(partsOf(mark, ids_max), async (part) => (await post<{ results: SpamResult[] }>(`/desk/${org}/tickets/spam`, part)).results),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.module(org, 'tickets') });
      void cache.invalidateQueries({ queryKey: keys.allViews(org) });
    },
  });
  const mark = async (wanted: SpamMark, tickets: RecordData[] = []): Promise<string[]> => {
    const results = await marking.mutateAsync(wanted);
    const refused = results.filter((result) => !result.ok);
    if (refused.length > 0) report(refused, tickets);
    // A ticket may have gone along as a further one before its own turn came.
    const ids = [...new Set(results.filter((result) => result.ok).map((result) => result.id))];
    if (ids.length === 0) return leftOf(results);
    const unblocked = results.filter((result) => result.ok && result.unblocked).map((result) => result.id);
    const opposite: SpamMark = { ids, is_spam: !wanted.is_spam, ...(unblocked.length > 0 && { block_senders_of: unblocked }) };
    const takeBack = async () => {
      const stayed = (await marking.mutateAsync(opposite)).filter((result) => !result.ok);
      if (stayed.length > 0) report(stayed, tickets);
      else toast.done(t('records.undone'));
    };
    const back = () => void takeBack().catch(toast.refused);
    toast.undoable(t(wanted.is_spam ? 'spam.marked' : 'spam.unmarked', { count: ids.length }), back);
    return leftOf(results);
  };
  return { mark, is_marking: marking.isPending };
}
