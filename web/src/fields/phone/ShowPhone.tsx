import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asText } from '../values';

export function ShowPhone({ value }: FieldShowProps) {
  const phone = asText(value);
  if (phone === null) return <EmptyValue />;
  return <a className={classes.clip} href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>;
}
