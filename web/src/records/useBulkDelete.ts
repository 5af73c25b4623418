import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { useToast } from '@/ui';
import { leftOf } from './bulk_parts';
import { useBulkReport } from './useBulkReport';
import { useBulk, useBulkRestore } from './useRecordWrites';

/** Puts many records into the recycle bin and offers to take them back. Answers the ids of those that did not go. */
export function useBulkDelete(module: string): (records: RecordData[]) => Promise<string[]> {
  const { t } = useText();
  const bulk = useBulk(module);
  const restoring = useBulkRestore(module);
  const report = useBulkReport();
  const toast = useToast();
  return async (records) => {
    try {
      const results = await bulk.mutateAsync([{ ids: records.map((record) => record.id), delete: true }]);
      const gone = results.filter((result) => result.ok).map((result) => result.id);
      report(results.filter((result) => !result.ok), records);
      const takeBack = async () => {
        const refused = (await restoring.mutateAsync(gone)).filter((result) => !result.ok);
        if (refused.length > 0) report(refused, records);
        else toast.done(t('records.undone'));
      };
      if (gone.length > 0) toast.undoable(t('desk.deleted_many', { count: gone.length }), () => void takeBack().catch(toast.refused));
      return leftOf(results);
    } catch (error) {
      toast.refused(error);
      return records.map((record) => record.id);
    }
  };
}
