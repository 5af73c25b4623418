import type { RecordData } from '@/api';
import { asNumber, asText } from '@/fields';

interface ServiceTimes {
  is_closed: boolean;
  /** While nobody has answered. */
  response_due_at: string | null;
  /** Of the target that comes first, while the ticket is on hold. */
  paused_minutes: number | null;
}

/** What a ticket says about its service level. */
export function timesOf(ticket: RecordData): ServiceTimes {
  // Nobody is promised anything about spam.
  const is_closed = asText(ticket.closed_at) !== null || asText(ticket.spam_at) !== null;
  const awaits = !is_closed && asText(ticket.responded_at) === null;
  const is_on_hold = ticket.status_type === 'on_hold';
  const paused = asNumber(ticket.resolution_left_minutes) ?? (awaits ? asNumber(ticket.first_response_left_minutes) : null);
  return {
    is_closed,
    response_due_at: awaits ? asText(ticket.first_response_due_at) : null,
    paused_minutes: is_on_hold ? paused : null,
  };
}
