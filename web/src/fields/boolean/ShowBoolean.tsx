import { useText } from '@/i18n';
import type { FieldShowProps } from '../field_parts';

export function ShowBoolean({ value }: FieldShowProps) {
  const { t } = useText();
  return <span>{value === true ? t('ui.yes') : t('ui.no')}</span>;
}
