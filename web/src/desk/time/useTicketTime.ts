import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keys, patch, post, remove, useOrganisation } from '@/api';
import type { Linked } from '@/api';
import { useToast } from '@/ui';

export interface TimeEntry {
  id: string;
  agent: Linked;
  worked_at: string;
  seconds: number;
  is_billable: boolean;
  note: string;
  source: 'manual' | 'timer';
  may: string[];
}

export interface TicketTime {
  entries: TimeEntry[];
  totals: { count: number; seconds: number; billable_seconds: number };
  timer: { is_running: boolean; seconds: number; started_at: string } | null;
}

export interface TimeDraft {
  seconds: number;
  worked_at?: string;
  is_billable: boolean;
  note: string;
  agent?: string;
}

/** The time that was worked on a ticket, one's stopwatch on it, and the acts. */
export function useTicketTime(ticket: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const path = `/desk/${org}/tickets/${ticket}`;
  const queryKey = keys.time(org, ticket);
  const known = useQuery({ queryKey, queryFn: ({ signal }) => get<TicketTime>(`${path}/time`, {}, signal) });
  const take = (answer: TicketTime) => {
    cache.setQueryData(queryKey, answer);
    void cache.invalidateQueries({ queryKey: keys.history(org, 'tickets', ticket) });
  };
  const change = useMutation({ mutationFn: (act: () => Promise<TicketTime>) => act(), onSuccess: take, onError: toast.refused });
  const taken = async (answer: Promise<TicketTime>) => take(await answer);
  return {
    known,
    is_changing: change.isPending,
    start: () => change.mutate(() => post<TicketTime>(`${path}/timer/start`)),
    pause: () => change.mutate(() => post<TicketTime>(`${path}/timer/pause`)),
    drop: () => change.mutate(() => remove<TicketTime>(`${path}/timer`)),
    removeEntry: (id: string) => change.mutate(() => remove<TicketTime>(`${path}/time/${id}`)),
    stop: (draft: TimeDraft) => taken(post<TicketTime>(`${path}/timer/stop`, { seconds: draft.seconds, is_billable: draft.is_billable, note: draft.note })),
    log: (draft: TimeDraft) => taken(post<TicketTime>(`${path}/time`, draft)),
    edit: (id: string, draft: TimeDraft) => taken(patch<TicketTime>(`${path}/time/${id}`, draft)),
  };
}
