import { Text } from '@mantine/core';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { useNamesOf } from './useNamesOf';

/** Says before an act on many records which of the chosen do not allow it. */
export function LeftOut({ records }: { records: RecordData[] }) {
  const { t } = useText();
  const namesOf = useNamesOf();
  if (records.length === 0) return null;
  return <Text component="span" display="block" size="xs" c="dimmed">{t('records.left_out', { count: records.length, names: namesOf(records) })}</Text>;
}
