import type { ReactNode } from 'react';
import { field_parts, FieldValue, valueOf } from '@/fields';
import type { Field, Module, RecordData } from '@/api';

export interface Column {
  name: string;
  label: string;
  /** Pixels; `grow` takes what is left over. */
  width: number;
  grow?: true;
  align?: 'end';
  /** The word for `sort`, when the list can be sorted by it. */
  sort?: string;
  show: (record: RecordData) => ReactNode;
}

/** A column that shows a field as its kind is shown. */
export function fieldColumn(module: Module, field: Field, label: string): Column {
  const parts = field_parts[field.kind];
  const column: Column = {
    name: field.name,
    label,
    width: parts.width,
    show: (record) =>
      field.kind === 'rich_text' ? textOf(valueOf(record, field)) : <FieldValue module={module.name} field={field} value={valueOf(record, field)} />,
  };
  if (field.sortable) column.sort = field.name;
  if (parts.align !== undefined) column.align = parts.align;
  return column;
}

/** Rich text in one line of a list: its words alone. */
function textOf(html: unknown): string {
  if (typeof html !== 'string') return '';
  return new DOMParser().parseFromString(html, 'text/html').body.textContent;
}
