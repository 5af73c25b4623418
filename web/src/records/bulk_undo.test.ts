import { expect, it } from 'vitest';
import type { Field, RecordData } from '@/api';
import { changesBack } from './bulk_undo';

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name, label: name, kind: 'choice', required: false, unique: false, searchable: false, sortable: false, read_only: false, custom: false, ...more,
});
const record = (id: string, values: Record<string, unknown>, custom: Record<string, unknown> = {}): RecordData => ({
  id, revision: 1, module: 'tickets', title: '', custom, may: [], ...values,
});

it('Each record gets back what it had, those that had the same in one go', () => {
  const before = [record('1', { priority: 'high' }), record('2', { priority: null }), record('3', { priority: 'high' })];
  expect(changesBack(before, [field('priority')])).toEqual([
    { ids: ['1', '3'], changes: { priority: 'high' } },
    { ids: ['2'], changes: { priority: null } },
  ]);
});

it('A ticket that moved gets back its owner too, and fields of ones own stand in their place', () => {
  const fields = [field('department', { kind: 'link' }), field('owner', { kind: 'user' }), field('colour', { custom: true })];
  const before = [record('1', { department: { id: '7', title: 'Support' }, owner: { id: '9', title: 'Ana' } }, { colour: 'red' })];
  expect(changesBack(before, fields)).toEqual([{ ids: ['1'], changes: { department: '7', owner: '9', custom: { colour: 'red' } } }]);
});
