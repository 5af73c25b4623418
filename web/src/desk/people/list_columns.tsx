import type { Column } from '@/records';
import { Avatar } from '@/ui';
import classes from './People.module.css';

const name_parts = ['first_name', 'last_name'];

/** A contact is found by the whole name: one column instead of its parts. */
export function contactColumns(columns: Column[], label: string): Column[] {
  const rest = columns.filter((column) => !name_parts.includes(column.name));
  const name: Column = {
    name: 'name', label, width: 220, grow: true,
    show: (record) => (
      <span className={classes.person}><Avatar name={record.title} /><span className={classes.clip}>{record.title}</span></span>
    ),
  };
  if (columns.some((column) => column.name === 'last_name' && column.sort !== undefined)) name.sort = 'last_name';
  return [name, ...rest];
}
