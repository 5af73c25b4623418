import { useFormat } from '@/ui';
import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asText } from '../values';

export function ShowInstant({ value }: FieldShowProps) {
  const format = useFormat();
  const at = asText(value);
  return at === null ? <EmptyValue /> : <time className={classes.clip} dateTime={at}>{format.instant(at)}</time>;
}
