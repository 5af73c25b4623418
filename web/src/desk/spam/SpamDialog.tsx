import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { RecordData } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { LeftOut } from '@/records';
import { FormDialog } from '@/ui';
import { useSpam } from './useSpam';

interface SpamDialogProps {
  tickets: RecordData[];
  /** Hears of the ids of those that were not marked. */
  onMarked?: (left: string[]) => void;
  onClose: () => void;
}

/** Marks tickets as spam and offers to block who sent them. */
export function SpamDialog({ tickets, onMarked, onClose }: SpamDialogProps) {
  const { t } = useText();
  const { mark } = useSpam();
  const [is_blocking, setBlocking] = useState(false);
  const [is_with_further, setWithFurther] = useState(false);
  const senders = [...new Set(tickets.flatMap((ticket) => asText(ticket.email) ?? []))];
  const handleSubmit = async () => {
    const left = await mark({ ids: tickets.map((ticket) => ticket.id), is_spam: true, block_sender: is_blocking, with_further: is_with_further }, tickets);
    onMarked?.(left);
  };
  return (
    <FormDialog title={t('spam.mark_title', { count: tickets.length })} is_open submit_label={t('spam.mark')} onClose={onClose} onSubmit={handleSubmit}>
      {() => (
        <>
          <p>{t('spam.mark_help')}</p>
          <LeftOut records={tickets.filter((ticket) => !ticket.may.includes('mark_spam'))} />
          {senders.length > 0 && (
            <Checkbox
              label={t('spam.block', { count: senders.length, sender: senders[0] })}
              description={t('spam.block_help')}
              checked={is_blocking}
              onChange={(event) => setBlocking(event.currentTarget.checked)}
            />
          )}
          <Checkbox
            label={t('spam.with_further')}
            checked={is_with_further}
            onChange={(event) => setWithFurther(event.currentTarget.checked)}
          />
        </>
      )}
    </FormDialog>
  );
}
