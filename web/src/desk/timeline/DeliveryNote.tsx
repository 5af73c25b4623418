import { Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, post, useOrganisation } from '@/api';
import type { Delivery, ThreadItem } from '@/api';
import { useText } from '@/i18n';
import { useFormat, useToast } from '@/ui';
import classes from './Timeline.module.css';

interface DeliveryProps {
  ticket: string;
  thread: ThreadItem;
  may_resend: boolean;
}

/** Whether a mail went out, in a word beside its time. */
export function DeliverySign({ delivery }: { delivery: Delivery }) {
  const { t } = useText();
  const format = useFormat();
  if (isFailed(delivery)) return null;
  const is_sent = delivery.state === 'sent';
  const help = is_sent
    ? delivery.message || t('desk.delivery.sent_help')
    : delivery.next_try_at === null
      ? t('desk.delivery.queued_help')
      : t('desk.delivery.next_try', { at: format.instant(delivery.next_try_at), reason: delivery.message ?? '' });
  return (
    <Tooltip label={help} multiline maw={340}>
      <span className={classes.delivery} data-state={delivery.state}>
        {is_sent ? <IconCheck size={13} aria-hidden="true" /> : <IconClock size={13} aria-hidden="true" />}
        {t(`desk.delivery.${delivery.state}`)}
      </span>
    </Tooltip>
  );
}

/** The one reason that Tandem gives itself; the others are the words of a mail server. */
const no_server = 'No mail server is set up: give one to the mailbox or to the installation.';

/** A mail that did not go out: why, and the way to send it again. */
export function DeliveryFailure({ ticket, thread, may_resend }: DeliveryProps) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const resend = useMutation({
    mutationFn: () => post(`/desk/${org}/tickets/${ticket}/threads/${thread.id}/resend`),
    onSuccess: () => void cache.invalidateQueries({ queryKey: keys.record(org, 'tickets', ticket) }),
    onError: toast.refused,
  });
  const { delivery } = thread;
  if (!delivery || !isFailed(delivery)) return null;
  return (
    <div className={classes.failure} role="note">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <span className={classes.failureWords}>
        <b>{t(`desk.delivery.${delivery.state}`)}</b>{' '}
        {delivery.message === no_server ? t('desk.delivery.no_server') : delivery.message || t('desk.delivery.no_reason')}
        {delivery.attempts > 0 && t('desk.in_brackets', { words: t('desk.delivery.attempts', { count: delivery.attempts }) })}
      </span>
      {may_resend && (
        <Button size="compact-sm" variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>{t('desk.delivery.resend')}</Button>
      )}
    </div>
  );
}

function isFailed(delivery: Delivery): boolean {
  return delivery.state === 'failed' || delivery.state === 'bounced';
}
