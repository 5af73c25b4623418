import { Button } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '@/i18n';
import { EmptyState } from '@/ui';
import classes from './Sharing.module.css';

interface LostTicketProps {
  number: string;
  /** It was here because another department shared it. */
  was_shared: boolean;
  queue_address: string;
}

/** In place of a ticket that was taken away while it was open: what happened, and the way on. */
export function LostTicket({ number, was_shared, queue_address }: LostTicketProps) {
  const { t } = useText();
  return (
    <div className={classes.lost} role="alert">
      <EmptyState
        icon={<IconEyeOff size={22} />}
        title={t(was_shared ? 'desk.lost.unshared' : 'desk.lost.gone', { number })}
        title_as="h1"
        action={<Button component={Link} to={queue_address} variant="default">{t('desk.back_to_queue')}</Button>}
      >
        {t(was_shared ? 'desk.lost.unshared_help' : 'desk.lost.gone_help')}
      </EmptyState>
    </div>
  );
}
