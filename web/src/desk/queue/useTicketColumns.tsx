import { useMemo } from 'react';
import { findField, useModule } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText, EmptyValue, useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { fieldColumn } from '@/records';
import type { Column } from '@/records';
import { Avatar, StatusBadge } from '@/ui';
import { NextDue } from '../common/DueTime';
import { PriorityMark } from '../common/PriorityMark';
import { useStatuses } from '../common/useStatuses';
import { SharedWith } from '../sharing/SharedBadge';
import { LastSpoken } from './LastSpoken';
import classes from './Queue.module.css';
import { TicketSubject } from './TicketSubject';

/** Shown until the person chooses others. */
export const first_columns = ['subject', 'status', 'priority', 'owner', 'due_at', 'last_word'];

/** Every column of the queue: ours where a glance must be enough, the rest as the field kinds show them. */
export function useTicketColumns(): Column[] {
  const { t } = useText();
  const module = useModule('tickets');
  const fieldLabel = useFieldLabel();
  const statuses = useStatuses();
  return useMemo(() => {
    const own: Record<string, Partial<Column> & Pick<Column, 'show'>> = {
      subject: { width: 308, grow: true, show: (ticket) => <TicketSubject ticket={ticket} /> },
      status: {
        width: 112,
        show: (ticket) => {
          const status = statuses.find(ticket.status);
          return <StatusBadge label={status.label} type={status.type} look="plain" />;
        },
      },
      priority: {
        width: 100,
        show: (ticket) => <PriorityMark field={findField(module, 'priority')} name={asText(ticket.priority)} />,
      },
      owner: { width: 144, show: (ticket) => <Owner ticket={ticket} nobody={t('desk.nobody')} /> },
      due_at: { width: 160, show: (ticket) => <NextDue ticket={ticket} none={<EmptyValue />} /> },
      shares: { width: 200, show: (ticket) => <SharedWith ticket={ticket} /> },
      last_word: { width: 176, grow: true, show: (ticket) => <LastWord ticket={ticket} /> },
    };
    const fields = module.fields.filter((field) => field.kind !== 'rich_text');
    const columns = fields.map((field): Column => ({ ...fieldColumn(module, field, fieldLabel('tickets', field)), ...own[field.name] }));
    const rank = (column: Column) => {
      const place = first_columns.indexOf(column.name);
      return place === -1 ? first_columns.length : place;
    };
    return columns.sort((a, b) => rank(a) - rank(b));
  }, [module, fieldLabel, statuses, t]);
}

function Owner({ ticket, nobody }: { ticket: RecordData; nobody: string }) {
  const owner = asLinked(ticket.owner);
  if (owner === null) return <span className={classes.said}>{nobody}</span>;
  return (
    <span className={classes.line}>
      <Avatar name={owner.title} size="small" />
      <span className={classes.words}>{owner.title}</span>
    </span>
  );
}

function LastWord({ ticket }: { ticket: RecordData }) {
  return (
    <span className={classes.who}>
      <span className={classes.words}>{asText(ticket.last_word)}</span>
      <LastSpoken ticket={ticket} />
    </span>
  );
}
