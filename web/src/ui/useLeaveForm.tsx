import { useCallback } from 'react';
import { useText } from '@/i18n';
import { useConfirm } from './confirm';

/** Closes a form; asks first when something was entered that is saved nowhere. */
export function useLeaveForm(onClose: () => void): (is_changed: boolean) => void {
  const { t } = useText();
  const confirm = useConfirm();
  return useCallback(
    (is_changed) => {
      if (!is_changed) return onClose();
      void confirm({ title: t('ui.leave_form_title'), body: t('ui.leave_form_help'), confirm: t('ui.leave_form') }).then((is_sure) => {
        if (is_sure) onClose();
      });
      return undefined;
    },
    [confirm, onClose, t],
  );
}
