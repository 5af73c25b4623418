// The conditions of a view as the builder holds them, and as the server keeps them.

import { condition } from '@/api';
import type { Comparison, Field, FieldKind, Filter } from '@/api';

export type Join = 'all_of' | 'any_of' | 'none_of';
/** A comparison in the words of the builder: what lies in the past or the future is compared with "now". */
export type Operator = Comparison | 'is_past' | 'is_future';

export interface ConditionRow {
  key: number;
  field: string;
  operator: Operator;
  /** In the shape that the server takes. */
  value: unknown;
}
export interface ConditionGroup {
  key: number;
  join: Join;
  parts: ConditionPart[];
}
/** What the builder has no words for: it stays as it was written, or is taken out. */
export interface KeptPart {
  key: number;
  kept: Filter;
}
export type ConditionPart = ConditionRow | ConditionGroup | KeptPart;

export const joins: Join[] = ['all_of', 'any_of', 'none_of'];
/** Levels of groups that the builder offers; the server takes six. */
export const depth_max = 3;
export const conditions_max = 60;

const emptiness: Operator[] = ['is_empty', 'is_not_empty'];
const words: Operator[] = ['contains', 'is', 'is_not', 'starts_with', 'ends_with', ...emptiness];
const amounts: Operator[] = ['is', 'is_not', 'at_least', 'at_most', 'between', ...emptiness];
const choices: Operator[] = ['is_one_of', 'is_none_of', ...emptiness];
const records: Operator[] = ['is', 'is_not', 'is_one_of', 'is_none_of', ...emptiness];
const several: Operator[] = ['is_one_of', 'is_none_of', ...emptiness];

const operators: Record<FieldKind, Operator[]> = {
  text: words, long_text: words, email: words, phone: words, url: words,
  rich_text: ['contains', ...emptiness],
  number: amounts, decimal: amounts, money: amounts, auto_number: amounts,
  boolean: ['is'],
  date: ['in_last_days', 'older_than_days', 'in_next_days', 'is', 'before', 'after', 'between', ...emptiness],
  instant: [
    'in_last_days', 'in_last_hours', 'older_than_days', 'older_than_hours', 'in_next_days', 'in_next_hours', 'is_past', 'is_future',
    'before', 'after', ...emptiness,
  ],
  choice: choices, multi_choice: several, tags: several,
  link: records, user: records,
};

/** What a field can be asked, what is asked most often first. */
export function operatorsOf(field: Field): Operator[] {
  if (field.link_to === 'departments') return choices;
  return operators[field.kind];
}

/** Operators that need no value beside them. */
export const without_value: Operator[] = ['is_empty', 'is_not_empty', 'is_past', 'is_future'];
export const relative: Operator[] = ['in_last_days', 'older_than_days', 'in_next_days', 'in_last_hours', 'older_than_hours', 'in_next_hours'];
export const listed: Operator[] = ['is_one_of', 'is_none_of'];

/** What stands in a condition when its field or operator was just chosen. */
export function firstValue(field: Field, operator: Operator): unknown {
  if (without_value.includes(operator)) return true;
  if (relative.includes(operator)) return operator.endsWith('_days') ? 7 : 4;
  if (listed.includes(operator)) return [];
  if (operator === 'between') return [null, null];
  return field.kind === 'boolean' ? true : null;
}

let last_key = 0;
export function nextKey(): number {
  last_key += 1;
  return last_key;
}

export function isGroup(part: ConditionPart): part is ConditionGroup {
  return 'join' in part;
}

export function isKept(part: ConditionPart): part is KeptPart {
  return 'kept' in part;
}

export function newRow(field: Field): ConditionRow {
  const operator = operatorsOf(field)[0] ?? 'is';
  return { key: nextKey(), field: field.name, operator, value: firstValue(field, operator) };
}

export function newGroup(parts: ConditionPart[] = [], join: Join = 'all_of'): ConditionGroup {
  return { key: nextKey(), join, parts };
}

/** The tree with one part replaced, or taken out. */
export function withPart(group: ConditionGroup, key: number, part: ConditionPart | null): ConditionGroup {
  const parts = group.parts.flatMap((each): ConditionPart[] => {
    if (each.key === key) return part === null ? [] : [part];
    return [isGroup(each) ? withPart(each, key, part) : each];
  });
  return { ...group, parts };
}

export function countRows(group: ConditionGroup): number {
  return group.parts.reduce((sum, part) => sum + (isGroup(part) ? countRows(part) : 1), 0);
}

/** Whether a value is missing somewhere. */
export function isUnfinished(part: ConditionPart): boolean {
  if (isGroup(part)) return part.parts.some(isUnfinished);
  if (isKept(part) || without_value.includes(part.operator)) return false;
  if (!Array.isArray(part.value)) return part.value === null || part.value === undefined || part.value === '';
  return part.value.length === 0 || part.value.some((each) => each === null || each === '');
}

function jsonOf(part: ConditionPart): Filter {
  if (isGroup(part)) {
    const parts = part.parts.map(jsonOf);
    if (part.join === 'all_of') return { all_of: parts };
    return part.join === 'any_of' ? { any_of: parts } : { none_of: parts };
  }
  if (isKept(part)) return part.kept;
  if (part.operator === 'is_past') return condition(part.field, 'before', 'now');
  if (part.operator === 'is_future') return condition(part.field, 'after', 'now');
  return condition(part.field, part.operator, part.value);
}

/** The filter that a list is narrowed by; none without any condition. */
export function listFilterOf(root: ConditionGroup): Filter | null {
  return root.parts.length === 0 ? null : jsonOf(root);
}

/** The filter as the server keeps it; without any condition, every ticket. */
export function filterOf(root: ConditionGroup): object {
  return listFilterOf(root) ?? {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whatever the server keeps was a filter when it took it. */
function wasTaken(json: unknown): json is Filter {
  return isObject(json);
}

/** A condition in the words of the builder: one choice is a list of one. Null when there are none for it. */
function rowFrom(field: Field | undefined, name: string, operator: string, value: unknown): ConditionRow | null {
  const key = nextKey();
  if (value === 'now' && operator === 'before') return { key, field: name, operator: 'is_past', value: true };
  if (value === 'now' && operator === 'after') return { key, field: name, operator: 'is_future', value: true };
  // The input of a time can't show a moment that is another one whenever it is read.
  if (field?.kind === 'instant' && [value].flat().includes('now')) return null;
  if (operator === 'is_empty' && value === false) return { key, field: name, operator: 'is_not_empty', value: true };
  if (operator === 'is_not_empty' && value === false) return { key, field: name, operator: 'is_empty', value: true };
  const is_listed = field !== undefined && operatorsOf(field).includes('is_one_of');
  if (is_listed && (operator === 'is' || operator === 'is_not') && value !== null)
    return { key, field: name, operator: operator === 'is' ? 'is_one_of' : 'is_none_of', value: [value] };
  const known = known_operators.find((each) => each === operator);
  return known === undefined ? null : { key, field: name, operator: known, value };
}

const every_operator = new Set<Operator>([...Object.values(operators).flat(), ...amounts, 'before', 'after']);
const known_operators: Operator[] = [...every_operator];

/** What is no part of a filter at all is null; what the builder can't show is kept as it is. */
function partFrom(json: unknown, fields: Field[]): ConditionPart | null {
  if (!wasTaken(json)) return null;
  const kept = { key: nextKey(), kept: json };
  const words: Record<string, unknown> = { ...json };
  if (typeof words.field === 'string') {
    const name = words.field;
    const operator = Object.keys(words).find((key) => key !== 'field') ?? 'is';
    return rowFrom(fields.find((each) => each.name === name), name, operator, words[operator]) ?? kept;
  }
  // No condition, which everything meets.
  if (Object.keys(words).length === 0) return newGroup();
  const join = joins.find((each) => each in words);
  const parts = join === undefined ? undefined : words[join];
  if (join === undefined || !Array.isArray(parts)) return kept;
  return newGroup(parts.flatMap((part: unknown) => partFrom(part, fields) ?? []), join);
}

/** What the server keeps, as the builder shows it: always a group at the top. */
export function groupFrom(json: unknown, fields: Field[]): ConditionGroup {
  const part = partFrom(json, fields);
  if (part === null) return newGroup();
  return isGroup(part) ? part : newGroup([part]);
}
