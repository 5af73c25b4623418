import { Badge } from '@/ui';
import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asNames } from '../values';

export function ShowTags({ value }: FieldShowProps) {
  const names = asNames(value);
  if (names.length === 0) return <EmptyValue />;
  return <span className={classes.words}>{names.map((name) => <Badge key={name}>{name}</Badge>)}</span>;
}
