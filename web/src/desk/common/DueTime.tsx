import { Tooltip } from '@mantine/core';
import type { RecordData } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { useFormat, useNow } from '@/ui';
import { dueState, spanWords } from './due';
import classes from './common.module.css';

/** How much time is left, in words; the colour says overdue or soon. */
export function DueTime({ at }: { at: string }) {
  const { t } = useText();
  const format = useFormat();
  const now = useNow();
  const state = dueState(at, now);
  const span = spanWords(Date.parse(at) - now.getTime(), format.locale);
  return (
    <Tooltip label={format.instant(at)}>
      <time dateTime={at} className={classes.due} data-state={state}>
        {t(state === 'overdue' ? 'desk.due.overdue' : 'desk.due.left', { span })}
      </time>
    </Tooltip>
  );
}

/** The due time of a ticket that still runs; a closed one is due no more. */
export function TicketDue({ ticket, none = null }: { ticket: RecordData; none?: React.ReactNode }) {
  const due_at = asText(ticket.due_at);
  return due_at === null || asText(ticket.closed_at) !== null ? none : <DueTime at={due_at} />;
}
