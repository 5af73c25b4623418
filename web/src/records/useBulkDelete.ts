import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { useToast } from '@/ui';
import { useBulkReport } from './useBulkReport';
import { useBulk, useDeleteRecord } from './useRecordWrites';

/** Puts many records into the recycle bin and offers to take them back. */
export function useBulkDelete(module: string): (records: RecordData[]) => Promise<void> {
  const { t } = useText();
  const bulk = useBulk(module);
  const report = useBulkReport();
  const toast = useToast();
  const { restoring } = useDeleteRecord(module);
  return async (records) => {
    try {
      const results = await bulk.mutateAsync([{ ids: records.map((record) => record.id), delete: true }]);
      const gone = results.filter((result) => result.ok).map((result) => result.id);
      if (gone.length < results.length) report(results.filter((result) => !result.ok), records);
      if (gone.length > 0)
        toast.undoable(t('desk.deleted_many', { count: gone.length }), () => {
          Promise.all(gone.map((id) => restoring.mutateAsync(id))).catch(toast.refused);
        });
    } catch (error) {
      toast.refused(error);
    }
  };
}
