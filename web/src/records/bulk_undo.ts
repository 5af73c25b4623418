import { changesFor, valueOf } from '@/fields';
import type { Field, RecordData } from '@/api';

/** What takes a change of many records back: the values that stood in them, together where they are alike. */
export function changesBack(before: RecordData[], fields: Field[]): { ids: string[]; changes: Record<string, unknown> }[] {
  const groups = new Map<string, { ids: string[]; changes: Record<string, unknown> }>();
  for (const record of before) {
    const changes = changesFor(fields.map((field) => ({ field, value: valueOf(record, field) ?? null })));
    const key = JSON.stringify(changes);
    const group = groups.get(key);
    if (group) group.ids.push(record.id);
    else groups.set(key, { ids: [record.id], changes });
  }
  return [...groups.values()];
}
