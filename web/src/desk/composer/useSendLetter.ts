import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, post, useMeta, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { useToast } from '@/ui';
import { isClosed } from '../common/useStatuses';
import { replyBody } from './letter';
import type { Letter } from './letter';
import { agentsMentioned } from './mentions';
import { useOutbox } from './Outbox';
import type { useComposer } from './useComposer';

/** Sends what is written: a mail is held by the server for a moment, a comment is stored at once. */
export function useSendLetter(ticket: RecordData, composer: ReturnType<typeof useComposer>, onClosed: () => void) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const { statuses } = useMeta();
  const outbox = useOutbox();
  const { uploads, leave, settled } = composer;
  const comment = useMutation({
    mutationFn: async ({ letter, mentioned_follow }: { letter: Letter; mentioned_follow: boolean }) =>
      post(`/desk/${org}/tickets/${ticket.id}/comments`, {
        html: letter.html, is_public: letter.is_public, attachment_ids: uploads.files.map((file) => file.id),
        mentions: await agentsMentioned(org, ticket.id, letter.html), mentioned_follow,
      }),
    onSuccess: () => {
      leave('comment', 'sent');
      void cache.invalidateQueries({ queryKey: keys.record(org, 'tickets', ticket.id) });
    },
    onError: toast.refused,
  });
  const mail = useMutation({
    mutationFn: async ({ letter, status }: { letter: Letter; status: string | null }) => {
      // The server sends a draft once: it is told which one this was.
      const revision = await settled();
      const body = { ...replyBody(letter, uploads.files, status), draft_revision: revision, hold: true };
      outbox.hold({ ticket: ticket.id, body, letter, files: uploads.files, revision });
      leave(letter.kind, 'held');
      if (status !== null && isClosed(statuses, status)) onClosed();
    },
  });
  const send = (letter: Letter, status: string | null, mentioned_follow: boolean) => {
    if (letter.kind === 'comment') comment.mutate({ letter, mentioned_follow });
    else mail.mutate({ letter, status });
  };
  return { send, is_sending: comment.isPending || mail.isPending };
}
