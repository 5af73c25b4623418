import { describe, expect, it } from 'vitest';
import type { RecordData } from '@/api';
import { groupOf, isDone } from './task_groups';

const task = (values: Partial<RecordData>): RecordData => ({ id: '1', revision: 1, module: 'tasks', title: 'T', may: [], custom: {}, ...values });

describe('groups of tasks', () => {
  const now = new Date(2026, 2, 2, 9, 0);
  const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString();
  it('follow from when a task is due', () => {
    expect(groupOf(task({ due_at: at(-1) }), now)).toBe('overdue');
    expect(groupOf(task({ due_at: at(2) }), now)).toBe('today');
    expect(groupOf(task({ due_at: at(24) }), now)).toBe('later');
    expect(groupOf(task({}), now)).toBe('undated');
  });
  it('know what is done', () => {
    expect(isDone(task({ status: 'completed' }))).toBe(true);
    expect(isDone(task({ status: 'waiting' }))).toBe(false);
  });
});
