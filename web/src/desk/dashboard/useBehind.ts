import { useCallback } from 'react';
import { address, useOrganisation } from '@/api';
import type { Behind } from './dashboard_types';

export type HrefBehind = (behind: Behind) => string;

interface Frame {
  from: string;
  until: string;
  department: string | null;
}

/** The address of the list behind a figure, in the period and department that are shown. */
export function useBehind({ from, until, department }: Frame): HrefBehind {
  const org = useOrganisation();
  return useCallback((behind) => {
    const { owner, priority, channel, ...rest } = behind;
    const path = address(`/desk/${org}/dashboard/tickets`, { from, until, department, ...rest });
    // "None" is an empty word, which the list must be asked for.
    const words = new URLSearchParams();
    if (owner !== undefined) words.set('owner', owner);
    if (channel !== undefined) words.set('channel', channel);
    if (priority !== undefined) words.set('priority', priority);
    const more = words.toString();
    return more === '' ? path : `${path}&${more}`;
  }, [org, from, until, department]);
}
