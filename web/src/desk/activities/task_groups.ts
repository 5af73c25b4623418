import type { RecordData } from '@/api';
import { asText } from '@/fields';

export type TaskGroup = 'overdue' | 'today' | 'later' | 'undated';
export const task_groups: TaskGroup[] = ['overdue', 'today', 'later', 'undated'];

export function isDone(task: RecordData): boolean {
  return task.status === 'completed';
}

/** When a task is due, seen from `now`: a day ends at midnight of this browser's clock. */
export function groupOf(task: RecordData, now: Date): TaskGroup {
  const due_at = asText(task.due_at);
  if (due_at === null) return 'undated';
  const due = new Date(due_at);
  if (due < now) return 'overdue';
  return due.toDateString() === now.toDateString() ? 'today' : 'later';
}

/** The end of a day that somebody picked, as the server takes it; null when none is. */
export function endOfDay(day: string): string | null {
  return day === '' ? null : new Date(`${day}T23:59:00`).toISOString();
}
