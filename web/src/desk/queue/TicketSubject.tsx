import type { RecordData } from '@/api';
import { asLinked, asText } from '@/fields';
import { ChannelIcon } from '../common/ChannelIcon';
import { useSharedBy } from '../sharing/SharedBadge';
import classes from './Queue.module.css';
import { FewBadges } from './TicketBadges';

/** What a ticket is about, and from whom: two lines of a row. */
export function TicketSubject({ ticket }: { ticket: RecordData }) {
  const shared_by = useSharedBy(ticket);
  return (
    <span className={classes.subject}>
      <span className={classes.line}>
        <span className={classes.words} title={ticket.title}>{ticket.title}</span>
        <FewBadges ticket={ticket} />
      </span>
      <span className={`${classes.line} ${classes.below}`}>
        <ChannelIcon channel={asText(ticket.channel) ?? ''} size={13} />
        <span>#{asText(ticket.number)}</span>
        <span className={classes.words}>
          {[shared_by, asLinked(ticket.contact)?.title, asLinked(ticket.account)?.title].filter(Boolean).join(' · ')}
        </span>
      </span>
    </span>
  );
}
