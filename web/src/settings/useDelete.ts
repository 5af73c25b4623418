import { remove } from '@/api';
import { useText } from '@/i18n';
import { useConfirm } from '@/ui';
import { useAct } from './useAct';
import { useSettingsWrite } from './useSettings';

interface Question {
  title: string;
  body: string;
}

/** Asks, and deletes what the path below the organisation names. `pages` are read again. */
export function useDelete(...pages: string[]): (path: string, question: Question) => Promise<void> {
  const { t } = useText();
  const confirm = useConfirm();
  const act = useAct();
  const write = useSettingsWrite(...pages);
  return async (path, question) => {
    const is_sure = await confirm({ ...question, confirm: t('ui.delete') });
    if (is_sure) await act(() => write((base) => remove(`${base}/${path}`)));
  };
}
