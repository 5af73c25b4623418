import { Link } from 'react-router';
import { findField, useModule } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText } from '@/fields';
import { Avatar, StatusBadge } from '@/ui';
import { NextDue } from '../common/DueTime';
import { PriorityMark } from '../common/PriorityMark';
import { useStatuses } from '../common/useStatuses';
import { LastSpoken } from './LastSpoken';
import classes from './Queue.module.css';
import { TicketSubject } from './TicketSubject';
import table from './TicketCard.module.css';

/** A ticket in the queue on a small screen. */
export function TicketCard({ ticket, href }: { ticket: RecordData; href: string }) {
  const module = useModule('tickets');
  const status = useStatuses().find(ticket.status);
  const owner = asLinked(ticket.owner);
  return (
    <>
      <Link className={table.link} to={href}><TicketSubject ticket={ticket} /></Link>
      {asText(ticket.last_word) !== null && (
        <div className={classes.cardSaid}><span className={classes.words}>{asText(ticket.last_word)}</span><LastSpoken ticket={ticket} /></div>
      )}
      <div className={classes.cardEnd}>
        <StatusBadge label={status.label} type={status.type} look="plain" />
        {asText(ticket.priority) !== null && <PriorityMark field={findField(module, 'priority')} name={asText(ticket.priority)} />}
        <NextDue ticket={ticket} />
        {owner !== null && <span className={table.owner}><Avatar name={owner.title} size="small" /><span className="visually-hidden">{owner.title}</span></span>}
      </div>
    </>
  );
}
