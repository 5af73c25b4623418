import { share_accesses } from '@/api';
import type { Department, Meta, RecordData, ShareAccess } from '@/api';
import { asLinked, asNames, asText } from '@/fields';

/** One department that a ticket is shared with, by its id. */
export interface Share {
  department: string;
  access: ShareAccess;
}

/** Where I stand: in the ticket's own department, or in one that it is shared with. */
export type Standing = { side: 'parent' } | { side: 'child'; access: ShareAccess };

/** The field `shares` holds "<id of the department>:<access>"; what does not fit is left out. */
export function sharesOf(ticket: Record<string, unknown>): Share[] {
  return asNames(ticket.shares).flatMap((word) => {
    const [department = '', name] = word.split(':');
    const access = share_accesses.find((each) => each === name);
    return department === '' || access === undefined ? [] : [{ department, access }];
  });
}

/** The same as the server keeps it in a ticket. */
export function shareWords(shares: Share[]): Pick<RecordData, 'shares' | 'is_shared'> {
  return { shares: shares.map(({ department, access }) => `${department}:${access}`), is_shared: shares.length > 0 };
}

/** For words on the screen alone: what I may do, the ticket's `may` says. */
export function standingOn(ticket: RecordData, me: Pick<Meta['me'], 'role' | 'department_ids'>): Standing {
  const own = asLinked(ticket.department)?.id ?? '';
  if (me.role.kind === 'administrator' || me.department_ids.includes(own)) return { side: 'parent' };
  const mine = sharesOf(ticket).filter((share) => me.department_ids.includes(share.department));
  const access = share_accesses.find((each) => mine.some((share) => share.access === each));
  return access === undefined ? { side: 'parent' } : { side: 'child', access };
}

export function isLess(access: ShareAccess, other: ShareAccess): boolean {
  return share_accesses.indexOf(access) > share_accesses.indexOf(other);
}

/** The departments that a ticket may still be shared with, and which have it not. */
export function departmentsLeft(departments: Department[], ticket: RecordData): Department[] {
  const taken = [asLinked(ticket.department)?.id, ...sharesOf(ticket).map((share) => share.department)];
  return departments.filter(({ id, is_enabled }) => is_enabled && !taken.includes(id));
}

/** The choice as the list of departments says it: who was there keeps the access, who is new begins with full. */
export function chosenShares(before: Share[], departments: string[]): Share[] {
  return departments.map((department) => before.find((share) => share.department === department) ?? { department, access: 'full' });
}

/** What an event of the history says of a share. */
export function shareOfEvent(detail: Record<string, unknown> | null): { department: string; access: ShareAccess | undefined } | null {
  const department = asText(detail?.department);
  return department === null ? null : { department, access: share_accesses.find((each) => each === detail?.access) };
}
