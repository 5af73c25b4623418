import { useModule } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import type { RecordData } from '@/api';
import { useToast } from '@/ui';
import { useDeleteRecord } from './useRecordWrites';

/** Puts a record into the recycle bin at once and offers to take it back. Answers whether it went. */
export function useDeleteWithUndo(module: string): (record: RecordData, onRestored?: () => void) => Promise<boolean> {
  const { t } = useText();
  const toast = useToast();
  const label = useModuleLabel()(useModule(module), 'one');
  const { deleting, restoring } = useDeleteRecord(module);
  return async (record, onRestored) => {
    try {
      await deleting.mutateAsync(record.id);
    } catch (error) {
      toast.refused(error);
      return false;
    }
    toast.undoable(t('desk.deleted', { module: label, title: record.title }), () => {
      restoring.mutateAsync(record.id).then(() => onRestored?.()).catch(toast.refused);
    });
    return true;
  };
}
