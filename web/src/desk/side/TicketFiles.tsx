import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keys, remove as removeAt, useOrganisation } from '@/api';
import type { Attachment } from '@/api';
import { useText } from '@/i18n';
import { useConfirm, useToast } from '@/ui';
import { Attachments } from '../timeline/Attachments';
import classes from './Side.module.css';

/** The files that hang on the ticket itself; those of a message or comment stand with it. */
export function TicketFiles({ ticket }: { ticket: string }) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const confirm = useConfirm();
  const toast = useToast();
  const path = `/desk/${org}/tickets/${ticket}/attachments`;
  const files = useQuery({
    queryKey: keys.files(org, ticket),
    queryFn: ({ signal }) => get<{ attachments: Attachment[] }>(path, {}, signal),
  });
  const remove = useMutation({
    mutationFn: (id: string) => removeAt(`${path}/${id}`),
    onSuccess: () => void cache.invalidateQueries({ queryKey: keys.record(org, 'tickets', ticket) }),
    onError: toast.refused,
  });
  const handleDelete = async (file: Attachment) => {
    if (await confirm({ title: t('desk.file_delete', { name: file.name }), body: t('desk.file_delete_help'), confirm: t('ui.delete') })) remove.mutate(file.id);
  };
  if (files.data === undefined || files.data.attachments.length === 0) return null;
  return (
    <section className={classes.files} aria-label={t('desk.files_of_ticket')}>
      <h2 className={classes.filesTitle}>{t('desk.files_of_ticket')}</h2>
      <Attachments files={files.data.attachments} onDelete={(file) => void handleDelete(file)} />
    </section>
  );
}
