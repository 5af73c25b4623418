import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asText } from '../values';

export function ShowEmail({ value }: FieldShowProps) {
  const email = asText(value);
  if (email === null) return <EmptyValue />;
  const at = email.lastIndexOf('@') + 1;
  return <a className={classes.clip} href={`mailto:${email}`} title={email}>{email.slice(0, at)}<wbr />{email.slice(at)}</a>;
}
