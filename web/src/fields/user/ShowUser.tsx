import { Avatar } from '@/ui';
import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asLinked } from '../values';

export function ShowUser({ value }: FieldShowProps) {
  const user = asLinked(value);
  if (user === null) return <EmptyValue />;
  return (
    <span className={classes.person} title={user.title}>
      <Avatar name={user.title} size="small" />
      <span className={classes.clip}>{user.title}</span>
    </span>
  );
}
