import type { Module, RecordData } from '@/api';
import { Property } from './Property';
import classes from './PropertyList.module.css';

interface PropertyListProps {
  module: Module;
  record: RecordData;
  /** The names of the fields to show, in this order; all readable ones when left out. */
  fields?: string[];
  /** Those of them that are not changed where they stand. */
  fixed?: string[];
}

/** The fields of a record, each edited where it stands. */
export function PropertyList({ module, record, fields, fixed = [] }: PropertyListProps) {
  const shown = (fields ?? module.fields.map((field) => field.name)).flatMap(
    (name) => module.fields.find((field) => field.name === name) ?? [],
  );
  return (
    <dl className={classes.list}>
      {shown.map((field) => <Property key={field.name} module={module} record={record} field={field} is_fixed={fixed.includes(field.name)} />)}
    </dl>
  );
}
