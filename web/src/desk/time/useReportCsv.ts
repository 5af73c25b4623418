import { useText } from '@/i18n';
import { decimalHours } from './time_report';
import type { TimeTotals } from './time_report';
import type { TimeReport } from './useTimeReport';

/** How many rows a report has. */
export function reportedCount({ agents, tickets, days, entries }: TimeReport): number {
  return (agents ?? tickets ?? days ?? entries ?? []).length;
}

/** The report as the rows of a file: hours are decimal, so that a spreadsheet adds them up. */
export function useReportCsv(): (report: TimeReport) => (string | number)[][] {
  const { t } = useText();
  const sums = ({ seconds, billable_seconds, count }: TimeTotals) =>
    [decimalHours(seconds), decimalHours(billable_seconds), decimalHours(seconds - billable_seconds), count];
  const heads = [t('time_report.total'), t('time_report.billable'), t('time_report.not_billable'), t('time_report.entries')];
  return ({ agents, tickets, days, entries }) => {
    if (entries !== undefined) {
      const first = [t('time.worked_at'), t('dashboard.agent'), t('time_report.number'), t('time_report.subject'), t('time_report.hours'), t('time.billable'), t('time.note')];
      return [first, ...entries.map((entry) => [
        entry.worked_at, entry.agent.title, entry.ticket.number, entry.ticket.title, decimalHours(entry.seconds),
        entry.is_billable ? t('ui.yes') : t('ui.no'), entry.note,
      ])];
    }
    if (tickets !== undefined) return [[t('time_report.number'), t('time_report.subject'), ...heads], ...tickets.map((row) => [row.ticket.number, row.ticket.title, ...sums(row)])];
    if (days !== undefined) return [[t('dashboard.day'), ...heads], ...days.map((row) => [row.day, ...sums(row)])];
    return [[t('dashboard.agent'), ...heads], ...(agents ?? []).map((row) => [row.agent.title, ...sums(row)])];
  };
}
