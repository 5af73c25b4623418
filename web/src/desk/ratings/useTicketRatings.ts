import { useQuery } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';

export interface GivenRating {
  thread: string;
  rating: string;
  remark: string;
  at: string;
}

/** What the customer said of the messages of a ticket, newest first; read again whenever the ticket changes. */
export function useTicketRatings(ticket: string) {
  const org = useOrganisation();
  return useQuery({
    queryKey: keys.ratings(org, ticket),
    queryFn: ({ signal }) => get<{ ratings: GivenRating[] }>(`/desk/${org}/tickets/${ticket}/ratings`, {}, signal),
  });
}
