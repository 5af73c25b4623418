import { expect, it } from 'vitest';
import type { Field, RecordData } from '@/api';
import { changesFor, faultsIn, isMended, mayWrite } from './record_values';

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name, label: name, kind: 'text', required: false, unique: false, searchable: false, sortable: false, read_only: false, custom: false, ...more,
});

it('Links are sent as ids and custom fields in their own place', () => {
  const changes = changesFor([
    { field: field('subject'), value: 'Late parcel' },
    { field: field('contact', { kind: 'link', link_to: 'contacts' }), value: { id: '7', title: 'Maria' } },
    { field: field('owner', { kind: 'user' }), value: null },
    { field: field('order_number', { custom: true }), value: 'SO-1' },
  ]);
  expect(changes).toEqual({ subject: 'Late parcel', contact: '7', owner: null, custom: { order_number: 'SO-1' } });
});

it('Every value that the definitions refuse is named before the server is asked', () => {
  const fields = [field('subject', { required: true, max_chars: 5 }), field('department', { required: true, kind: 'link' }), field('code', { max_chars: 2 })];
  const faults = (values: Record<string, unknown>) => faultsIn(fields, values).map((fault) => `${fault.field} ${fault.code}`);
  expect(faults({ subject: '  ' })).toEqual(['subject required', 'department required']);
  expect(faults({ subject: 'Router', department: { id: '7' }, code: '😀😀' })).toEqual(['subject too_long']);
  expect(faults({ subject: 'Late', department: { id: '7' }, code: null })).toEqual([]);
});

it('The fault of an empty input goes when it is filled, others stay until the server is asked again', () => {
  const subject = field('subject', { required: true });
  expect(isMended({ field: 'subject', code: 'required', message: '' }, subject, '')).toBe(false);
  expect(isMended({ field: 'subject', code: 'required', message: '' }, subject, 'Router')).toBe(true);
  expect(isMended({ field: 'subject', code: 'required', message: '' }, field('subject', { required: true, max_chars: 2 }), 'Router')).toBe(true);
  expect(isMended({ field: 'subject', code: 'duplicate', message: '' }, subject, 'Router')).toBe(false);
});

it('A field can be written only when the server allows the record and the field', () => {
  const record: RecordData = { id: '1', revision: 1, module: 'tickets', title: '', custom: {}, may: ['update'], read_only: ['status'] };
  expect(mayWrite(record, field('subject'))).toBe(true);
  expect(mayWrite(record, field('status'))).toBe(false);
  expect(mayWrite(record, field('number', { read_only: true }))).toBe(false);
  expect(mayWrite({ ...record, may: [] }, field('subject'))).toBe(false);
});
