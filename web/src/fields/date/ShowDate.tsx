import { useFormat } from '@/ui';
import { EmptyValue } from '../EmptyValue';
import type { FieldShowProps } from '../field_parts';
import { asText } from '../values';

export function ShowDate({ value }: FieldShowProps) {
  const format = useFormat();
  const day = asText(value);
  return day === null ? <EmptyValue /> : <time dateTime={day}>{format.date(day)}</time>;
}
