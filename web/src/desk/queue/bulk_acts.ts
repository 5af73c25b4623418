import type { RecordData } from '@/api';

// Which of the chosen tickets let an act be done, as the server said with each. The server has the last word.

/** What a ticket must allow: one of each list. */
export type Needs = string[][];

/** What changing a field asks for. */
export function needsOfField(name: string): Needs {
  switch (name) {
    case 'status': return [['update'], ['change_status']];
    case 'owner': return [['update'], ['assign', 'take']];
    case 'department': return [['update'], ['move']];
    default: return [['update']];
  }
}

export function allowing(tickets: RecordData[], needs: Needs): RecordData[] {
  return tickets.filter((ticket) => needs.every((acts) => acts.some((act) => ticket.may.includes(act))));
}
