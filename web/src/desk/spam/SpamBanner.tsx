import { Button } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { useToast } from '@/ui';
import classes from '../ticket/Ticket.module.css';
import { useSpam } from './useSpam';

/** A ticket among the spam says so, and who may takes the mark away from here. */
export function SpamBanner({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const toast = useToast();
  const { mark, is_marking } = useSpam();
  return (
    <div className={classes.deleted} role="note">
      <IconBan size={16} aria-hidden="true" />
      <span>{t('spam.is_spam')}</span>
      {ticket.may.includes('mark_spam') && (
        <Button size="compact-sm" variant="default" loading={is_marking} onClick={() => void mark({ ids: [ticket.id], is_spam: false }).catch(toast.refused)}>
          {t('spam.unmark')}
        </Button>
      )}
    </div>
  );
}
