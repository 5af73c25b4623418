// The queue that a ticket was opened from: its address, and the order of its tickets for going to the next one.
// Kept for the tab alone, so that two tabs walk through two queues.

import { keep, recallJson } from '@/api';

export interface Queue {
  address: string;
  ids: string[];
}

const memory_key = 'tandem.queue';
const queue_ids_max = 2_000;

export function rememberQueue(org: string, queue: Queue): void {
  keep('tab', `${memory_key}.${org}`, JSON.stringify({ ...queue, ids: queue.ids.slice(0, queue_ids_max) }));
}

export function recallQueue(org: string): Queue | null {
  const value = recallJson('tab', `${memory_key}.${org}`);
  return isQueue(value) ? value : null;
}

/** The tickets before and after one in the order of the queue. */
export function neighbours(queue: Queue | null, id: string): { previous: string | null; next: string | null; place: number } {
  const place = queue?.ids.indexOf(id) ?? -1;
  if (queue === null || place === -1) return { previous: null, next: null, place: -1 };
  return { previous: queue.ids[place - 1] ?? null, next: queue.ids[place + 1] ?? null, place };
}

function isQueue(value: unknown): value is Queue {
  return typeof value === 'object' && value !== null && 'address' in value && 'ids' in value && Array.isArray(value.ids);
}
