import { Tooltip } from '@mantine/core';
import type { RecordData } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { useFormat, useNow } from '@/ui';
import { dueState, spanWords } from './due';
import { PausedTime } from './PausedTime';
import { timesOf } from './service_times';
import classes from './common.module.css';

interface DueTimeProps {
  at: string;
  /** The first answer or the whole ticket. */
  what?: 'ticket' | 'response';
}

/** How much time is left, in words; the colour says overdue or soon. */
export function DueTime({ at, what = 'ticket' }: DueTimeProps) {
  const { t } = useText();
  const format = useFormat();
  const now = useNow();
  const state = dueState(at, now);
  const span = spanWords(Date.parse(at) - now.getTime(), format.locale);
  const words = what === 'response' ? 'desk.response_due' : 'desk.due';
  return (
    <Tooltip label={format.instant(at)}>
      <time dateTime={at} className={classes.due} data-state={state}>
        {t(state === 'overdue' ? `${words}.overdue` : `${words}.left`, { span })}
      </time>
    </Tooltip>
  );
}

interface TicketDueProps {
  ticket: RecordData;
  none?: React.ReactNode;
  look?: 'words' | 'short';
}

/** The due time of a ticket that still runs; a closed one is due no more, and one on hold says what will be left. */
export function TicketDue({ ticket, none = null, look = 'words' }: TicketDueProps) {
  const due_at = asText(ticket.due_at);
  const { is_closed, paused_minutes } = timesOf(ticket);
  if (is_closed) return none;
  if (due_at !== null) return <DueTime at={due_at} />;
  return paused_minutes === null ? none : <PausedTime minutes={paused_minutes} look={look} />;
}

/** Until when somebody must have answered; nothing when somebody has. */
export function ResponseDue({ ticket }: { ticket: RecordData }) {
  const { response_due_at } = timesOf(ticket);
  return response_due_at === null ? null : <DueTime at={response_due_at} what="response" />;
}

/** What comes first, for lists: the answer that is still awaited, else the ticket. */
export function NextDue({ ticket, none = null }: TicketDueProps) {
  return timesOf(ticket).response_due_at === null ? <TicketDue ticket={ticket} none={none} look="short" /> : <ResponseDue ticket={ticket} />;
}
