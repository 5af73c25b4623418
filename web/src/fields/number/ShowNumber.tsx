import { useFormat } from '@/ui';
import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asNumber } from '../values';

export function ShowNumber({ field, value }: FieldShowProps) {
  const format = useFormat();
  const number = asNumber(value);
  if (number === null) return <EmptyValue />;
  return <span className={classes.numeric}>{format.number(number, field.kind === 'number' ? 0 : field.scale)}</span>;
}
