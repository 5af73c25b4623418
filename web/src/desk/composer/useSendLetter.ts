import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, post, useMeta, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { useToast } from '@/ui';
import { isClosed } from '../common/useStatuses';
import { replyBody } from './letter';
import type { Letter } from './letter';
import { useOutbox } from './Outbox';
import type { useComposer } from './useComposer';

/** Sends what is written: a mail goes into the outbox for a moment, a comment is stored at once. */
export function useSendLetter(ticket: RecordData, composer: ReturnType<typeof useComposer>, onClosed: () => void) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const { statuses } = useMeta();
  const outbox = useOutbox();
  const { uploads, close } = composer;
  const comment = useMutation({
    mutationFn: (letter: Letter) =>
      post(`/desk/${org}/tickets/${ticket.id}/comments`, {
        html: letter.html, is_public: letter.is_public, attachment_ids: uploads.files.map((file) => file.id),
      }),
    onSuccess: () => {
      close('everywhere');
      void cache.invalidateQueries({ queryKey: keys.record(org, 'tickets', ticket.id) });
    },
    onError: toast.refused,
  });
  const send = async (letter: Letter, status: string | null) => {
    if (letter.kind === 'comment') return comment.mutate(letter);
    outbox.hold({ ticket: ticket.id, body: replyBody(letter, uploads.files, status), letter, files: uploads.files });
    close('here');
    if (status !== null && isClosed(statuses, status)) onClosed();
    return undefined;
  };
  return { send, is_sending: comment.isPending };
}
