import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { keys, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { useDeleteRecord } from '@/records';
import { useToast } from '@/ui';
import classes from './Ticket.module.css';

/** A ticket in the recycle bin says so, and who may brings it back from here. */
export function DeletedBanner({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const { restoring } = useDeleteRecord('tickets');
  const handleRestore = () =>
    restoring.mutate(ticket.id, {
      onSuccess: () => void cache.invalidateQueries({ queryKey: keys.record(org, 'tickets', ticket.id) }),
      onError: toast.refused,
    });
  return (
    <div className={classes.deleted} role="note">
      <IconTrash size={16} aria-hidden="true" />
      <span>{t('desk.in_bin')}</span>
      {ticket.may.includes('restore') && (
        <Button size="compact-sm" variant="default" loading={restoring.isPending} onClick={handleRestore}>{t('desk.in_bin_restore')}</Button>
      )}
    </div>
  );
}
