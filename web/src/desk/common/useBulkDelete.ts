import { useText } from '@/i18n';
import { useBulk, useBulkReport, useDeleteRecord } from '@/records';
import { useToast } from '@/ui';

/** Puts many records into the recycle bin and offers to take them back. */
export function useBulkDelete(module: string): (ids: string[]) => Promise<void> {
  const { t } = useText();
  const bulk = useBulk(module);
  const report = useBulkReport();
  const toast = useToast();
  const { restoring } = useDeleteRecord(module);
  return async (ids) => {
    try {
      const results = await bulk.mutateAsync({ ids, delete: true });
      const gone = results.filter((result) => result.ok).map((result) => result.id);
      if (gone.length < results.length) report(results.filter((result) => !result.ok));
      if (gone.length > 0)
        toast.undoable(t('desk.deleted_many', { count: gone.length }), () => {
          Promise.all(gone.map((id) => restoring.mutateAsync(id))).catch(toast.refused);
        });
    } catch (error) {
      toast.refused(error);
    }
  };
}
