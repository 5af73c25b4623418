import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asText } from '../values';

export function ShowAutoNumber({ value }: FieldShowProps) {
  const number = asText(value);
  return number === null ? <EmptyValue /> : <span className={classes.numeric}>{`#${number}`}</span>;
}
