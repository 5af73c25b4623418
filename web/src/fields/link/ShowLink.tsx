import { Link } from 'react-router';
import { useOrganisation } from '@/api';
import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asLinked } from '../values';

const modules_with_pages = ['tickets', 'contacts', 'accounts', 'products'];

export function ShowLink({ field, value }: FieldShowProps) {
  const org = useOrganisation();
  const linked = asLinked(value);
  if (linked === null) return <EmptyValue />;
  const module = field.link_to ?? '';
  if (!modules_with_pages.includes(module)) return <span className={classes.clip}>{linked.title}</span>;
  return (
    <Link className={classes.clip} to={`/desk/${org}/${module}/${linked.id}`} title={linked.title}>
      {linked.title}
    </Link>
  );
}
