import type { Fault, Field, FieldKind, RecordData } from '@/api';
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

/** What the definitions of the fields say against the values, all at once, before the server is asked. */
export function faultsIn(fields: Field[], values: Record<string, unknown>): Fault[] {
  return fields.flatMap((field) => {
    const value = values[field.name];
    if (field.required && isMissing(value)) return [{ field: field.name, code: 'required', message: '' }];
    if (typeof value === 'string' && isTooLong(field, value)) return [{ field: field.name, code: 'too_long', message: '' }];
    return [];
  });
}

/** A fault that says "fill this in" is mended by filling it in. */
export function isMended(fault: Fault, field: Field, value: unknown): boolean {
  return fault.code === 'required' && !(field.required && isMissing(value));
}

function isMissing(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** The server counts characters, not halves of them. */
export function isTooLong(field: Field, value: string): boolean {
  return field.max_chars !== undefined && textual_kinds.includes(field.kind) && [...value].length > field.max_chars;
}

const textual_kinds: FieldKind[] = ['text', 'long_text', 'email', 'phone', 'url'];

/** May the person write this field of this record? The server has said so. */
export function mayWrite(record: RecordData, field: Field): boolean {
  return record.may.includes('update') && !field.read_only && !(record.read_only ?? []).includes(field.name);
}
