import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, homeOf, keys, post, useOrganisation } from '@/api';
import type { NotificationList } from '@/api';
import { useToast } from '@/ui';

/** What I was told, kept in step by the event stream, and the ways to mark it as read. */
export function useNotifications() {
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const told = useQuery({
    queryKey: keys.notifications(org),
    queryFn: ({ signal }) => get<NotificationList>(`${homeOf(org)}/notifications`, {}, signal),
  });
  const ask_again = () => void cache.invalidateQueries({ queryKey: keys.notifications(org) });
  const mark = useMutation({
    mutationFn: (id: string) => post(`${homeOf(org)}/notifications/${id}/read`),
    onSettled: ask_again,
  });
  const mark_all = useMutation({
    mutationFn: (newest: string) => post(`${homeOf(org)}/notifications/read`, { up_to: newest }),
    onSettled: ask_again,
    onError: toast.refused,
  });
  const newest = told.data?.notifications[0]?.id;
  return {
    told,
    unread_count: told.data?.unread_count ?? 0,
    markRead: (id: string) => mark.mutate(id),
    markAllRead: () => newest !== undefined && mark_all.mutate(newest),
  };
}
