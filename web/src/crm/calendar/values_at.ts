import { fromWallClock } from '@/fields/instant/wall_clock';
import type { EntryModule } from './entries';

/** A place in the calendar where something is to stand; without an hour, some time on that day. */
export interface Slot {
  day: string;
  hour: number | null;
}

const usual_hour = 9;
const hour_ms = 3_600_000;

/** What a new record begins with there. */
export function valuesAt(module: EntryModule, { day, hour }: Slot, time_zone: string): Record<string, unknown> {
  if (module === 'tasks') return { due_on: day };
  const starts_at = fromWallClock(`${day}T${String(hour ?? usual_hour).padStart(2, '0')}:00`, time_zone);
  if (module === 'calls') return { starts_at };
  return { starts_at, ends_at: new Date(Date.parse(starts_at) + hour_ms).toISOString() };
}
