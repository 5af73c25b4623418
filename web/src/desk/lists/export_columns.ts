import type { Field, Module } from '@/api';
import type { Column } from '@/records';

export interface ExportColumn {
  field: string;
  label: string;
}

/** The columns of a list as fields of the server: a contact's whole name is its title. */
export function shownColumns(columns: Pick<Column, 'name' | 'label'>[]): ExportColumn[] {
  return columns.map(({ name, label }) => ({ field: name === 'name' ? 'title' : name, label }));
}

/** Every field that the person sees, with the id before them and the stamps behind. */
export function allColumns(module: Module, labelOf: (field: Field) => string, stamps: ExportColumn[]): ExportColumn[] {
  return [{ field: 'id', label: 'Id' }, ...module.fields.map((field) => ({ field: field.name, label: labelOf(field) })), ...stamps];
}
