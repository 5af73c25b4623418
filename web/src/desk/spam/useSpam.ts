import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, post, useOrganisation } from '@/api';
import type { BulkResult, RecordData } from '@/api';
import { useText } from '@/i18n';
import { useBulkReport } from '@/records';
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

/** Marks tickets as spam or takes the mark away, says how it went and offers to take it back. */
export function useSpam() {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const report = useBulkReport();
  const marking = useMutation({
    mutationFn: async (mark: SpamMark) => (await post<{ results: SpamResult[] }>(`/desk/${org}/tickets/spam`, mark)).results,
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.module(org, 'tickets') });
      void cache.invalidateQueries({ queryKey: keys.allViews(org) });
    },
  });
  const mark = async (wanted: SpamMark, tickets: RecordData[] = []) => {
    const results = await marking.mutateAsync(wanted);
    const refused = results.filter((result) => !result.ok);
    if (refused.length > 0) report(refused, tickets);
    const ids = results.filter((result) => result.ok).map((result) => result.id);
    if (ids.length === 0) return;
    const unblocked = results.filter((result) => result.ok && result.unblocked).map((result) => result.id);
    const opposite: SpamMark = { ids, is_spam: !wanted.is_spam, ...(unblocked.length > 0 && { block_senders_of: unblocked }) };
    const back = () => void marking.mutateAsync(opposite).then(() => toast.done(t('records.undone')), toast.refused);
    toast.undoable(t(wanted.is_spam ? 'spam.marked' : 'spam.unmarked', { count: ids.length }), back);
  };
  return { mark, is_marking: marking.isPending };
}
