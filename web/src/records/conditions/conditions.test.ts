import { expect, it } from 'vitest';
import type { Field, FieldKind } from '@/api';
import { countRows, filterOf, firstValue, groupFrom, isKept, isUnfinished, newGroup, newRow, operatorsOf, withPart } from './conditions';

function field(name: string, kind: FieldKind, more: Partial<Field> = {}): Field {
  return { name, label: name, kind, required: false, unique: false, searchable: false, sortable: false, read_only: false, custom: false, ...more };
}

const subject = field('subject', 'text');
const status = field('status', 'choice');
const due = field('due_at', 'instant');
const fields = [subject, status, due, field('is_shared', 'boolean')];

it('reads a filter and writes the same again', () => {
  const filter = {
    all_of: [
      { field: 'is_shared', is: true },
      { field: 'status', is_one_of: ['open'] },
      { any_of: [{ field: 'subject', contains: 'pay' }, { field: 'due_at', before: 'now' }] },
      { field: 'due_at', in_last_days: 7 },
    ],
  };
  const group = groupFrom(filter, fields);
  expect(countRows(group)).toBe(5);
  expect(filterOf(group)).toEqual(filter);
});

it('shows one condition as a group of one, and none as an empty group', () => {
  expect(filterOf(groupFrom({ field: 'subject', is: 'x' }, fields))).toEqual({ all_of: [{ field: 'subject', is: 'x' }] });
  expect(filterOf(groupFrom({}, fields))).toEqual({});
  expect(filterOf(groupFrom('nonsense', fields))).toEqual({});
});

it('shows one choice as a list of one', () => {
  expect(filterOf(groupFrom({ field: 'status', is: 'open' }, fields))).toEqual({ all_of: [{ field: 'status', is_one_of: ['open'] }] });
});

it('keeps a condition on a field that is gone', () => {
  const gone = { all_of: [{ field: 'plan', is: 'gold' }] };
  expect(filterOf(groupFrom(gone, fields))).toEqual(gone);
});

it('replaces and takes out a part wherever it stands', () => {
  const inner = newRow(subject);
  const root = newGroup([newRow(status), newGroup([inner], 'any_of')]);
  const changed = withPart(root, inner.key, { ...inner, value: 'pay' });
  expect(filterOf(changed)).toEqual({ all_of: [{ field: 'status', is_one_of: [] }, { any_of: [{ field: 'subject', contains: 'pay' }] }] });
  expect(countRows(withPart(changed, inner.key, null))).toBe(1);
});

it('knows what is not finished', () => {
  expect(isUnfinished(newRow(subject))).toBe(true);
  expect(isUnfinished(newRow(status))).toBe(true);
  expect(isUnfinished(newRow(due))).toBe(false);
  expect(isUnfinished({ ...newRow(subject), operator: 'is_empty' })).toBe(false);
  expect(isUnfinished({ ...newRow(due), operator: 'between', value: ['2026-01-01', null] })).toBe(true);
});

it('offers for each kind of field what the server can compare', () => {
  expect(operatorsOf(field('department', 'link', { link_to: 'departments' }))[0]).toBe('is_one_of');
  expect(operatorsOf(field('contact', 'link', { link_to: 'contacts' }))[0]).toBe('is');
  expect(firstValue(field('x', 'boolean'), 'is')).toBe(true);
});

it('keeps how a condition compares that was made through the API', () => {
  const rule = { all_of: [{ field: 'subject', ends_with: '@acme.com' }, { field: 'due_at', at_least: '2026-01-01T00:00:00Z' }] };
  expect(filterOf(groupFrom(rule, fields))).toEqual(rule);
  expect(operatorsOf(subject)).toContain('ends_with');
});

it('keeps what it has no words for as it is written, until somebody takes it out', () => {
  const strange = {
    any_of: [
      { field: 'subject', sounds_like: 'pay' },
      { field: 'due_at', between: ['2026-01-01T00:00:00Z', 'now'] },
      { one_of_two: [{ field: 'subject', is: 'x' }] },
      { field: 'subject', is: 'now' },
    ],
  };
  const group = groupFrom(strange, fields);
  expect(filterOf(group)).toEqual(strange);
  expect(group.parts.map(isKept)).toEqual([true, true, true, false]);
  expect(isUnfinished(group)).toBe(false);
  expect(countRows(group)).toBe(4);
  const [first] = group.parts;
  expect(first && countRows(withPart(group, first.key, null))).toBe(3);
});

it('shows a part without any condition as an empty group, which everything meets as well', () => {
  const either = groupFrom({ any_of: [{}, { field: 'subject', is: 'x' }] }, fields);
  expect(filterOf(either)).toEqual({ any_of: [{ all_of: [] }, { field: 'subject', is: 'x' }] });
});

it('shows what is not empty in these words, however it is written', () => {
  expect(filterOf(groupFrom({ all_of: [{ field: 'due_at', is_empty: false }] }, fields))).toEqual({ all_of: [{ field: 'due_at', is_not_empty: true }] });
});
