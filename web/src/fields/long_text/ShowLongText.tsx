import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asText } from '../values';

export function ShowLongText({ value }: FieldShowProps) {
  const text = asText(value);
  return text === null ? <EmptyValue /> : <span className={classes.lines}>{text}</span>;
}
