import { useMemo } from 'react';
import { useMeta } from '@/api';
import type { RecordData, ShareAccess } from '@/api';
import { asLinked } from '@/fields';
import { sharesOf, standingOn } from './shares';
import type { Standing } from './shares';

export interface NamedShare {
  id: string;
  name: string;
  access: ShareAccess;
}

export interface Sharing {
  standing: Standing;
  /** The name of the department that the ticket belongs to. */
  owner: string;
  shares: NamedShare[];
}

/** Who has a ticket besides its own department; null when nobody has, or sharing is switched off. */
export function useSharing(ticket: RecordData): Sharing | null {
  const { features, me } = useMeta();
  const shares = useNamedShares(ticket);
  const standing = useMemo(() => standingOn(ticket, me), [ticket, me]);
  if (!features.ticket_sharing || shares.length === 0) return null;
  return { standing, owner: asLinked(ticket.department)?.title ?? '', shares };
}

/** The shares of a ticket in the order of their names. */
export function useNamedShares(ticket: RecordData): NamedShare[] {
  const name = useDepartmentName();
  return sharesOf(ticket)
    .map(({ department, access }) => ({ id: department, name: name(department), access }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

export function useDepartmentName(): (id: string) => string {
  const { departments } = useMeta();
  return (id) => departments.find((each) => each.id === id)?.name ?? `#${id}`;
}
