import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, keys, useLimit, useOrganisation } from '@/api';
import type { Linked } from '@/api';

export interface TicketChoices {
  departments: Linked[];
  owners: Linked[];
  may_be_unowned: boolean;
}

const fresh_ms = 15_000;

/** Who may own tickets, and where new ones may be made: the server says it, so that no choice is refused. */
function useChoices(words: Record<string, string>, is_asked: boolean) {
  const org = useOrganisation();
  return useQuery({
    queryKey: [...keys.module(org, 'tickets'), 'choices', words],
    enabled: is_asked,
    staleTime: fresh_ms,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<TicketChoices>(`/desk/${org}/ticket_choices`, words, signal),
  });
}

export function useNewTicketChoices(department: string | null) {
  return useChoices(department === null ? {} : { department }, true);
}

/** Asked when the menu opens. */
export function useOwnerChoices(tickets: string[], is_asked: boolean) {
  return useChoices({ tickets: tickets.slice(0, useLimit('bulk_ids')).join(',') }, is_asked && tickets.length > 0);
}
