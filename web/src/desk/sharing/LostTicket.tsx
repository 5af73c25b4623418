import { IconEyeOff } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { EmptyState } from '@/ui';
import { BackToQueue } from '../common/BackToQueue';
import classes from './Sharing.module.css';

/** What the person no longer sees: this ticket, or any ticket, for the role lost its right. */
export type Loss = 'ticket' | 'right';

interface LostTicketProps {
  number: string;
  /** `unshared`: it was here because another department shared it. */
  reason: Loss | 'unshared';
  queue_address: string;
}

/** In place of a ticket that was taken away while it was open: what happened, and the way on. */
export function LostTicket({ number, reason, queue_address }: LostTicketProps) {
  const { t } = useText();
  const help = { ticket: 'desk.lost.gone_help', right: 'desk.lost.role_help', unshared: 'desk.lost.unshared_help' };
  return (
    <div className={classes.lost} role="alert">
      <EmptyState
        icon={<IconEyeOff size={22} />}
        title={t(reason === 'unshared' ? 'desk.lost.unshared' : 'desk.lost.gone', { number })}
        title_as="h1"
        action={<BackToQueue queue_address={queue_address} />}
      >
        {t(help[reason])}
      </EmptyState>
    </div>
  );
}
