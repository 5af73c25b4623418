import { Button } from '@mantine/core';
import { IconClockHour4, IconDownload } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { useSession } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, ErrorState, Page, RowsSkeleton, useFormat } from '@/ui';
import { saveCsv } from '@/ui/charts/csv';
import { Tile, TileList } from '@/ui/charts/Tile';
import dashboard from '../dashboard/Dashboard.module.css';
import { periodOf } from '../dashboard/period';
import { daysOf, kindOf, rows_max, sumOf, todayIn } from './time_report';
import type { TimeTotals } from './time_report';
import { TimeReportControls } from './TimeReportControls';
import { TimeReportTable } from './TimeReportTable';
import { hoursAndMinutes } from './duration';
import { reportedCount, useReportCsv } from './useReportCsv';
import { useTimeReport } from './useTimeReport';

/** How long who worked on what. Everything that was chosen stands in the address. */
export function TimeReportPage() {
  const { t } = useText();
  const format = useFormat();
  const { person } = useSession();
  const csvOf = useReportCsv();
  const [address, setAddress] = useSearchParams();
  const today = todayIn(person.time_zone, new Date());
  const period = periodOf(address);
  const days = daysOf(period, today);
  const kind = kindOf(address.get('by'));
  const query = {
    from_day: days.from, until_day: days.until,
    agent: address.get('agent'), department: address.get('department'), billable: address.get('billable'),
  };
  const report = useTimeReport(kind, query);
  const sums = useTimeReport('agent', query);
  const set = (changes: Record<string, string | null>) => {
    const words = new URLSearchParams(address);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === '') words.delete(name);
      else words.set(name, value);
    }
    setAddress(words, { replace: true });
  };
  const shown = report.data;
  const count = shown === undefined ? 0 : reportedCount(shown);
  const save = () => shown !== undefined && saveCsv(`worked-time-${shown.by}-${days.from}-${days.until}`, csvOf(shown));
  return (
    <Page
      title={t('time_report.title')}
      lead={t('time_report.lead')}
      actions={<Button variant="default" leftSection={<IconDownload size={15} />} disabled={count === 0} onClick={save}>{t('time_report.csv')}</Button>}
    >
      <TimeReportControls kind={kind} period={period} scope={{ ...days, today }} query={query} onChange={set} />
      {report.error && <ErrorState error={report.error} onRetry={() => void report.refetch()} />}
      {!report.error && sums.data?.agents !== undefined && <Totals totals={sumOf(sums.data.agents)} />}
      {!report.error && shown === undefined && <RowsSkeleton rows={6} />}
      {!report.error && shown !== undefined && count === 0 && (
        <EmptyState icon={<IconClockHour4 size={22} />} title={t('time_report.none')}>{t('time_report.none_help')}</EmptyState>
      )}
      {!report.error && shown !== undefined && count > 0 && <TimeReportTable report={shown} />}
      {shown !== undefined && count >= rows_max[shown.by] && <p className={dashboard.foot}>{t('time_report.more', { count: rows_max[shown.by] })}</p>}
      <p className={dashboard.foot}>{t('dashboard.days', { from: format.date(days.from), until: format.date(days.until) })}</p>
    </Page>
  );
}

function Totals({ totals }: { totals: TimeTotals }) {
  const { t } = useText();
  const format = useFormat();
  const tiles = [
    ['total', hoursAndMinutes(totals.seconds)],
    ['billable', hoursAndMinutes(totals.billable_seconds)],
    ['not_billable', hoursAndMinutes(totals.seconds - totals.billable_seconds)],
    ['entries', format.number(totals.count)],
  ] as const;
  return (
    <TileList>
      {tiles.map(([name, value]) => <Tile key={name} label={t(`time_report.${name}`)} href={null}>{value}</Tile>)}
    </TileList>
  );
}
