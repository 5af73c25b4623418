import type { Field, Module } from '@/api';
import type { Column } from '../columns';

export interface ExportColumn {
  field: string;
  label: string;
}

/** What the cell of a ticket's subject shows besides, and a file keeps in columns of its own. */
const beside_subject = { before: ['number'], behind: ['contact', 'account'] };

/** The columns of a list as fields of the server: a contact's whole name is its title, and beside a ticket's subject stand its number and whose it is. */
export function shownColumns(columns: Pick<Column, 'name' | 'label'>[], all: ExportColumn[]): ExportColumn[] {
  const shown = columns.map(({ name, label }) => ({ field: name === 'name' ? 'title' : name, label }));
  const is_shown = (field: string) => shown.some((each) => each.field === field);
  const missing = (fields: string[]) => all.filter((each) => fields.includes(each.field) && !is_shown(each.field));
  return shown.flatMap((each) => (each.field === 'subject' ? [...missing(beside_subject.before), each, ...missing(beside_subject.behind)] : [each]));
}

/** Every field that the person sees, with the id before them and the stamps behind. */
export function allColumns(module: Module, labelOf: (field: Field) => string, stamps: ExportColumn[]): ExportColumn[] {
  return [{ field: 'id', label: 'Id' }, ...module.fields.map((field) => ({ field: field.name, label: labelOf(field) })), ...stamps];
}

/** Those with one of these names, in the order of `names`; what the list shows by a name of its own comes first. */
export function chosenColumns(names: string[], shown: ExportColumn[], all: ExportColumn[]): ExportColumn[] {
  return names.flatMap((name) => [...shown, ...all].find((each) => each.field === name) ?? []);
}

/** What can be chosen: all fields, and the columns shown that are none. */
export function columnChoices(shown: ExportColumn[], all: ExportColumn[]): ExportColumn[] {
  return [...shown.filter((each) => !all.some((one) => one.field === each.field)), ...all];
}
