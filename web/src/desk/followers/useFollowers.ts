import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keys, post, remove, useOrganisation } from '@/api';
import { useToast } from '@/ui';

export interface Followers {
  followers: { id: string; name: string }[];
  is_following: boolean;
}

/** Who is told of what happens to a ticket, and the acts that change it. */
export function useFollowers(ticket: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const path = `/desk/${org}/tickets/${ticket}`;
  const queryKey = keys.followers(org, ticket);
  const known = useQuery({ queryKey, queryFn: ({ signal }) => get<Followers>(`${path}/followers`, {}, signal) });
  const take = (answer: Followers) => {
    cache.setQueryData(queryKey, answer);
    void cache.invalidateQueries({ queryKey: keys.history(org, 'tickets', ticket) });
    void cache.invalidateQueries({ queryKey: keys.allViews(org) });
  };
  const change = useMutation({ mutationFn: (act: () => Promise<Followers>) => act(), onSuccess: take, onError: toast.refused });
  return {
    known: known.data,
    is_changing: change.isPending,
    follow: () => change.mutate(() => post<Followers>(`${path}/follow`)),
    unfollow: () => change.mutate(() => remove<Followers>(`${path}/follow`)),
    add: (agent: string) => change.mutate(() => post<Followers>(`${path}/followers`, { agents: [agent] })),
    takeOut: (agent: string) => change.mutate(() => remove<Followers>(`${path}/followers/${agent}`)),
  };
}
