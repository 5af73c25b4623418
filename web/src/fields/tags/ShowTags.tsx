import { Badge } from '@/ui';
import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asNames } from '../values';

export function ShowTags({ value }: FieldShowProps) {
  const names = asNames(value);
  if (names.length === 0) return <EmptyValue />;
  return <span className={classes.words}>{names.map((name) => <OneTag key={name} name={name} />)}</span>;
}

/** A mail address among them opens a mail. */
function OneTag({ name }: { name: string }) {
  if (!/^[^\s@]+@[^\s@]+$/.test(name)) return <Badge>{name}</Badge>;
  return <a className={classes.clip} href={`mailto:${name}`} title={name}>{name}</a>;
}
