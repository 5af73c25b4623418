import { useText } from '@/i18n';
import { useRefusalText, useToast } from '@/ui';
import { Refusal } from '@/api';
import type { BulkResult } from '@/api';

/** Says how an act on many records went: how many are done, and why the others are not. */
export function useBulkReport(): (results: BulkResult[]) => void {
  const { t } = useText();
  const toast = useToast();
  const refusalText = useRefusalText();
  return (results) => {
    const done = results.filter((result) => result.ok).length;
    const refused = results.filter((result) => !result.ok);
    if (done > 0) toast.done(t('records.bulk_done', { count: done }));
    const first = refused[0]?.error;
    if (first)
      toast.refused(
        new Refusal({
          ...first, code: 'bulk_partly',
          message: t('records.bulk_refused', { count: refused.length, reason: refusalText(new Refusal(first)) }),
        }),
      );
  };
}
