import type { RecordData } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';

const names_max = 5;

/** What records are called, in one line: the first few, and how many more there are. */
export function useNamesOf(): (records: RecordData[]) => string {
  const { t } = useText();
  const format = useFormat();
  return (records) => {
    const names = records.slice(0, names_max).map((record) => {
      const number = record.module === 'tickets' ? asText(record.number) : null;
      return number === null ? record.title : `#${number} ${record.title}`;
    });
    const more = records.length - names.length;
    return format.series(more > 0 ? [...names, t('records.and_more', { count: more })] : names);
  };
}
