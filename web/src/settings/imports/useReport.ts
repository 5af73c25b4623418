import { download, get } from '@/api';
import { useOptionalText, useText } from '@/i18n';
import { useFaultText } from '@/ui';
import type { ImportData } from './import_types';
import { useImportFieldLabel } from './useImportFieldLabel';
import { useWordInApp } from './useWordInApp';

interface Reason {
  field: string;
  code: string;
  message: string;
}

const words_of_a_report = ['line', 'outcome', 'record', 'contact', 'account', 'fault', 'added', 'updated', 'skipped', 'refused'];

/** Why a row was refused, in the person's language. */
export function useReasonText(): (reason: Reason) => string {
  const text = useOptionalText();
  const faultText = useFaultText();
  return ({ field, code, message }) => text(`lists.import.row_${code}`, faultText({ field: field === '' ? null : field, code, message }));
}

/** Downloads what became of the rows, written in the person's language: the server knows only codes and English. */
export function useReport(data: ImportData, path: string): (rows: 'refused' | 'all') => Promise<void> {
  const { t } = useText();
  const reasonText = useReasonText();
  const labelOf = useImportFieldLabel(data);
  const inApp = useWordInApp();
  const wordOf = (name: string) => t(`lists.import.in_report.${name === 'account' ? inApp(name) : name}`);
  const sentence = (reason: Reason) => (reason.field === '' ? reasonText(reason) : t('ui.error.at_field', { field: labelOf(reason.field), words: reasonText(reason) }));
  return async (rows) => {
    const { reasons } = await get<{ reasons: Reason[] }>(`${path}/reasons`);
    await download('POST', `${path}/report`, `${rows === 'all' ? 'report' : 'refused'}-${data.file_name}`, {
      rows,
      words: Object.fromEntries(words_of_a_report.map((name) => [name, wordOf(name)])),
      reasons: reasons.map((reason) => ({ field: reason.field, code: reason.code, text: sentence(reason) })),
    });
  };
}
