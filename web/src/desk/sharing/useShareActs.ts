import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, knownRecord, post, putRecord, remove, useOrganisation } from '@/api';
import type { TicketShares } from '@/api';
import { shareWords } from './shares';
import type { Share } from './shares';

/** Shares a ticket, changes what a department may do with it, takes it back. */
export function useShareActs(ticket: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const path = `/desk/${org}/tickets/${ticket}/shares`;
  /** The answer is shown at once; what else has changed with it is asked for. */
  const take = (answer: TicketShares) => {
    const known = knownRecord(cache, org, 'tickets', ticket);
    const shares = answer.shares.map(({ department, access }) => ({ department: department.id, access }));
    if (known) putRecord(cache, org, { ...known, ...shareWords(shares) });
    void cache.invalidateQueries({ queryKey: keys.record(org, 'tickets', ticket) });
    void cache.invalidateQueries({ queryKey: keys.allViews(org) });
  };
  const sharing = useMutation({
    mutationFn: (shares: Share[]) => post<TicketShares>(path, { shares }),
    onSuccess: take,
  });
  const unsharing = useMutation({
    mutationFn: (department: string) => remove<TicketShares>(`${path}/${department}`),
    onSuccess: take,
  });
  return { sharing, unsharing };
}
