import { useFormat } from '@/ui';
import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asNumber } from '../values';
import { useMoney } from './useMoney';

export function ShowNumber({ field, value }: FieldShowProps) {
  const format = useFormat();
  const money = useMoney();
  const number = asNumber(value);
  if (number === null) return <EmptyValue />;
  const shown = field.kind === 'money' ? money(number, field.scale) : format.number(number, field.kind === 'number' ? 0 : field.scale);
  return <span className={classes.numeric}>{shown}</span>;
}
