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
  /** A card leaves out what has no value; a table shows a dash. */
  isEmpty?: (record: RecordData) => boolean;
}

/** A column that shows a field as its kind is shown. */
export function fieldColumn(module: Module, field: Field, label: string): Column {
  const parts = field_parts[field.kind];
  const column: Column = {
    name: field.name,
    label,
    width: parts.width,
    isEmpty: (record) => isEmptyValue(valueOf(record, field)),
    show: (record) =>
      field.kind === 'rich_text' ? textOf(valueOf(record, field)) : <FieldValue module={module.name} field={field} value={valueOf(record, field)} in_line />,
  };
  if (field.sortable) column.sort = field.name;
  if (parts.align !== undefined) column.align = parts.align;
  return column;
}

function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Rich text in one line of a list: its words alone. */
function textOf(html: unknown): string {
  if (typeof html !== 'string') return '';
  return new DOMParser().parseFromString(html, 'text/html').body.textContent;
}
