import { expect, test } from 'vitest';
import type { RecordData } from '@/api';
import type { StatusWords } from '../common/useStatuses';
import { nextStatus, statusesFor } from './card_rules';

const statuses: StatusWords[] = [
  { name: 'open', label: 'Open', type: 'open' },
  { name: 'on_hold', label: 'On hold', type: 'on_hold' },
  { name: 'closed', label: 'Closed', type: 'closed' },
];
const ticket = (status: string, may: string[], read_only: string[] = []): RecordData => ({
  id: '1', revision: 1, module: 'tickets', title: 'Router', created_at: '', updated_at: '', custom: {}, may, read_only, status,
});
const names = (list: StatusWords[]) => list.map((each) => each.name);

test('a card goes only where the server lets it go', () => {
  expect(names(statusesFor(ticket('open', ['change_status', 'close']), statuses))).toEqual(['on_hold', 'closed']);
  expect(names(statusesFor(ticket('open', ['change_status']), statuses))).toEqual(['on_hold']);
  expect(statusesFor(ticket('open', ['update']), statuses)).toEqual([]);
  expect(statusesFor(ticket('open', ['change_status', 'close'], ['status']), statuses)).toEqual([]);
});

test('the keyboard moves a card to the next column that it may have', () => {
  expect(nextStatus(ticket('open', ['change_status', 'close']), statuses, 1)?.name).toBe('on_hold');
  expect(nextStatus(ticket('on_hold', ['change_status']), statuses, 1)).toBeUndefined();
  expect(nextStatus(ticket('closed', ['change_status']), statuses, -1)?.name).toBe('on_hold');
  expect(nextStatus(ticket('open', ['change_status']), statuses, -1)).toBeUndefined();
});
