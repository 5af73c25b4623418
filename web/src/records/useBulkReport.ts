import { Refusal } from '@/api';
import type { BulkResult, RecordData } from '@/api';
import { useText } from '@/i18n';
import { useRefusalText, useToast } from '@/ui';
import { useNamesOf } from './useNamesOf';

/** So many reasons are said, each with the records it is for. */
const reasons_max = 3;

/** Says how an act on many records went: how many are done, which are not, and why. */
export function useBulkReport(): (results: BulkResult[], records?: RecordData[]) => void {
  const { t } = useText();
  const toast = useToast();
  const refusalText = useRefusalText();
  const namesOf = useNamesOf();
  return (results, records = []) => {
    const done = results.filter((result) => result.ok).length;
    if (done > 0) toast.done(t('records.bulk_done', { count: done }));
    const refused = new Map<string, string[]>();
    for (const { id, error } of results) {
      if (error === undefined) continue;
      const reason = refusalText(new Refusal(error));
      refused.set(reason, [...(refused.get(reason) ?? []), id]);
    }
    const lines = [...refused].slice(0, reasons_max).map(([reason, ids]) => {
      const names = namesOf(records.filter((record) => ids.includes(record.id)));
      const said = { count: ids.length, reason, names };
      return names === '' ? t('records.bulk_refused', said) : t('records.bulk_refused_named', said);
    });
    if (lines.length > 0) toast.failed(lines.join('\n'));
  };
}
