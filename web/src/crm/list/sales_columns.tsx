import { useMemo } from 'react';
import { useModule } from '@/api';
import type { CustomView, RecordData } from '@/api';
import { useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { fieldColumn } from '@/records';
import type { Column } from '@/records';
import { Avatar } from '@/ui';
import type { SalesModuleName } from '../sales_modules';
import classes from './Lists.module.css';

const name_parts = ['salutation', 'first_name', 'last_name'];
const title_width = 220;

/** The fields of a module as columns. People are found by the whole name: one column instead of its parts. */
export function useSalesColumns(name: SalesModuleName): Column[] {
  const { t } = useText();
  const module = useModule(name);
  const fieldLabel = useFieldLabel();
  return useMemo(() => {
    const all = module.fields.map((field) => fieldColumn(module, field, fieldLabel(name, field)));
    const is_person = module.fields.some((field) => field.name === 'last_name');
    if (!is_person) return all.map((column, at) => (at === 0 ? { ...column, width: title_width, grow: true } : column));
    const sorted = all.find((column) => column.name === 'last_name')?.sort;
    const person: Column = { name: 'name', label: t('desk.name'), width: title_width, grow: true, show: (record) => <PersonName record={record} /> };
    if (sorted !== undefined) person.sort = sorted;
    return [person, ...all.filter((column) => !name_parts.includes(column.name))];
  }, [module, name, fieldLabel, t]);
}

/** The columns that a view names, as this list has them; null where readers choose their own. */
export function columnsOfView(view: CustomView | undefined, known: string[]): string[] | null {
  if (view === undefined || view.columns.length === 0) return null;
  const shown = view.columns.map((name) => (name_parts.includes(name) && !known.includes(name) ? 'name' : name));
  return [...new Set(shown)];
}

function PersonName({ record }: { record: RecordData }) {
  return <span className={classes.person}><Avatar name={record.title} /><span className={classes.clip}>{record.title}</span></span>;
}
