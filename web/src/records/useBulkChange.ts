import { findField, useModule } from '@/api';
import type { Field, RecordData } from '@/api';
import { changesFor } from '@/fields';
import { useText } from '@/i18n';
import { useToast } from '@/ui';
import { leftOf } from './bulk_parts';
import { changesBack } from './bulk_undo';
import { useBulkReport } from './useBulkReport';
import { useBulk } from './useRecordWrites';

/** Fields that a rule may change along with another. */
const goes_along: Record<string, string[]> = { department: ['owner'] };

/**
 * Gives many records the same value of one field, says how it went and offers to take it back. Answers the ids of those
 * that were not changed.
 */
export function useBulkChange(module_name: string): (records: RecordData[], field: Field, value: unknown) => Promise<string[]> {
  const { t } = useText();
  const module = useModule(module_name);
  const bulk = useBulk(module_name);
  const report = useBulkReport();
  const toast = useToast();
  return async (records, field, value) => {
    const touched = [field, ...(goes_along[field.name] ?? []).flatMap((name) => findField(module, name) ?? [])];
    try {
      const results = await bulk.mutateAsync([{ ids: records.map((record) => record.id), changes: changesFor([{ field, value }]) }]);
      const done = new Set(results.filter((result) => result.ok).map((result) => result.id));
      report(results.filter((result) => !result.ok), records);
      if (done.size > 0) toast.undoable(t('records.bulk_done', { count: done.size }), () => {
        const back = changesBack(records.filter((record) => done.has(record.id)), touched);
        bulk.mutateAsync(back)
          .then((answers) => {
            const refused = answers.filter((result) => !result.ok);
            if (refused.length > 0) report(refused, records);
            else toast.done(t('records.undone'));
          })
          .catch(toast.refused);
      });
      return leftOf(results);
    } catch (error) {
      toast.refused(error);
      return records.map((record) => record.id);
    }
  };
}
