import type { RecordData } from '@/api';
import { asLinked, asText } from '@/fields';
import { useText } from '@/i18n';
import { Badge } from '@/ui';
import { ChannelIcon } from '../common/ChannelIcon';
import { SharedBadge, SharedBy } from '../sharing/SharedBadge';
import classes from './Queue.module.css';

/** What a ticket is about, and from whom: two lines of a row. */
export function TicketSubject({ ticket }: { ticket: RecordData }) {
  return (
    <span className={classes.subject}>
      <span className={classes.line}>
        <span className={classes.words} title={ticket.title}>{ticket.title}</span>
        <TicketBadges ticket={ticket} />
        <SharedBadge ticket={ticket} />
      </span>
      <span className={`${classes.line} ${classes.below}`}>
        <ChannelIcon channel={asText(ticket.channel) ?? ''} size={13} />
        <span>#{asText(ticket.number)}</span>
        <span className={classes.words}>
          <SharedBy ticket={ticket} />
          {[asLinked(ticket.contact)?.title, asLinked(ticket.account)?.title].filter(Boolean).join(' · ')}
        </span>
      </span>
    </span>
  );
}

/** What must not be overlooked. */
export function TicketBadges({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  return (
    <>
      {ticket.send_failed === true && <Badge tone="bad">{t('desk.badge.send_failed')}</Badge>}
      {ticket.is_overdue === true && <Badge tone="bad">{t('desk.badge.overdue')}</Badge>}
      {ticket.is_escalated === true && <Badge tone="warn">{t('desk.badge.escalated')}</Badge>}
    </>
  );
}
