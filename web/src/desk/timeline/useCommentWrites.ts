import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, patch, remove as removeAt, useOrganisation } from '@/api';
import { useToast } from '@/ui';

/** Changing and deleting a comment. */
export function useCommentWrites(ticket: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const path = (id: string) => `/desk/${org}/tickets/${ticket}/comments/${id}`;
  const onSuccess = () => void cache.invalidateQueries({ queryKey: keys.timeline(org, ticket) });
  const edit = useMutation({
    mutationFn: ({ id, html }: { id: string; html: string }) => patch(path(id), { html }),
    onSuccess, onError: toast.refused,
  });
  const remove = useMutation({ mutationFn: (id: string) => removeAt(path(id)), onSuccess, onError: toast.refused });
  return { edit, remove };
}
