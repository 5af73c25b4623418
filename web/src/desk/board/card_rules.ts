import type { RecordData } from '@/api';
import type { StatusWords } from '../common/useStatuses';

/** The statuses that the server lets this person give the ticket; none when its status is not theirs to change. */
export function statusesFor(ticket: RecordData, statuses: StatusWords[]): StatusWords[] {
  const may_change = ticket.may.includes('change_status') && !(ticket.read_only ?? []).includes('status');
  if (!may_change) return [];
  return statuses.filter((status) => status.name !== ticket.status && (status.type !== 'closed' || mayClose(ticket, statuses)));
}

/** A closed ticket may go from one closed status to another. */
function mayClose(ticket: RecordData, statuses: StatusWords[]): boolean {
  return ticket.may.includes('close') || statuses.find((status) => status.name === ticket.status)?.type === 'closed';
}

/** The next status to the left (-1) or right (1) that the ticket may have. */
export function nextStatus(ticket: RecordData, statuses: StatusWords[], step: -1 | 1): StatusWords | undefined {
  const allowed = statusesFor(ticket, statuses);
  const here = statuses.findIndex((status) => status.name === ticket.status);
  const beyond = step === 1 ? statuses.slice(here + 1) : statuses.slice(0, Math.max(here, 0)).reverse();
  return beyond.find((status) => allowed.some((each) => each.name === status.name));
}
