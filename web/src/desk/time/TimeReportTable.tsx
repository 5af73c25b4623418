import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { SimpleTable, useFormat } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { hoursAndMinutes } from './duration';
import classes from './Time.module.css';
import type { ReportedEntry, TimeOfTicket, TimeTotals } from './time_report';
import type { TimeReport } from './useTimeReport';

/** The rows of the report: sums, or entries. */
export function TimeReportTable({ report }: { report: TimeReport }) {
  const { t } = useText();
  const format = useFormat();
  if (report.entries !== undefined) return <Entries entries={report.entries} />;
  if (report.tickets !== undefined)
    return <Sums head={t('time_report.ticket')} rows={report.tickets} keyOf={(row) => row.ticket.id} show={(row) => <TicketLink ticket={row.ticket} />} />;
  if (report.days !== undefined)
    return <Sums head={t('dashboard.day')} rows={report.days} keyOf={(row) => row.day} show={(row) => format.date(row.day)} />;
  return <Sums head={t('dashboard.agent')} rows={report.agents ?? []} keyOf={(row) => row.agent.id} show={(row) => row.agent.title} />;
}

interface SumsProps<Row> {
  head: string;
  rows: Row[];
  keyOf: (row: Row) => string;
  show: (row: Row) => ReactNode;
}

function Sums<Row extends TimeTotals>({ head, rows, keyOf, show }: SumsProps<Row>) {
  const { t } = useText();
  const format = useFormat();
  const columns: SimpleColumn<Row>[] = [
    { name: 'of', label: head, show },
    { name: 'total', label: t('time_report.total'), width: 120, show: (row) => hoursAndMinutes(row.seconds) },
    { name: 'billable', label: t('time_report.billable'), width: 120, show: (row) => hoursAndMinutes(row.billable_seconds) },
    { name: 'not_billable', label: t('time_report.not_billable'), width: 130, show: (row) => hoursAndMinutes(row.seconds - row.billable_seconds) },
    { name: 'entries', label: t('time_report.entries'), width: 100, show: (row) => format.number(row.count) },
  ];
  return <SimpleTable label={t('time_report.title')} columns={columns} rows={rows} keyOf={keyOf} />;
}

function Entries({ entries }: { entries: ReportedEntry[] }) {
  const { t } = useText();
  const format = useFormat();
  const columns: SimpleColumn<ReportedEntry>[] = [
    { name: 'worked_at', label: t('time.worked_at'), width: 180, show: (entry) => format.instant(entry.worked_at) },
    { name: 'agent', label: t('dashboard.agent'), width: 150, show: (entry) => entry.agent.title },
    { name: 'ticket', label: t('time_report.ticket'), show: (entry) => <TicketLink ticket={entry.ticket} /> },
    { name: 'length', label: t('time.length'), width: 80, show: (entry) => hoursAndMinutes(entry.seconds) },
    { name: 'billable', label: t('time.billable'), width: 100, show: (entry) => (entry.is_billable ? t('ui.yes') : t('ui.no')) },
    { name: 'note', label: t('time.note'), show: (entry) => <span className={classes.reportNote}>{entry.note}</span> },
  ];
  return <SimpleTable label={t('time_report.title')} columns={columns} rows={entries} keyOf={(entry) => entry.id} />;
}

function TicketLink({ ticket }: { ticket: TimeOfTicket['ticket'] }) {
  const org = useOrganisation();
  return <Link to={`/desk/${org}/tickets/${ticket.id}`}>#{ticket.number} {ticket.title}</Link>;
}
