import type { Field, RecordData } from '@/api';
import { linkedId } from './values';

/** The value of a field in a record, wherever it stands. */
export function valueOf(record: RecordData, field: Pick<Field, 'name' | 'custom'>): unknown {
  return field.custom ? record.custom?.[field.name] : record[field.name];
}

/** The field as the server takes it: links as ids, custom fields in `custom`. */
export function changesFor(values: { field: Field; value: unknown }[]): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const { field, value } of values) {
    const sent = field.kind === 'link' || field.kind === 'user' ? linkedId(value) : value;
    if (field.custom) custom[field.name] = sent;
    else changes[field.name] = sent;
  }
  if (Object.keys(custom).length > 0) changes.custom = custom;
  return changes;
}

/** May the person write this field of this record? The server has said so. */
export function mayWrite(record: RecordData, field: Field): boolean {
  return record.may.includes('update') && !field.read_only && !(record.read_only ?? []).includes(field.name);
}
