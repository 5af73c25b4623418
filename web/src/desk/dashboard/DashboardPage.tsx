import { Button, Progress } from '@mantine/core';
import { IconClockHour4, IconSitemap } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { useMeta, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, ErrorState, Page, PageSkeleton, useFormat } from '@/ui';
import { AgentsNow } from './AgentsNow';
import classes from './Dashboard.module.css';
import { DashboardControls } from './DashboardControls';
import type { BeingCounted, Figures } from './dashboard_types';
import { DaysCharts } from './DaysCharts';
import { DurationChart } from './DurationChart';
import { HeatMap } from './HeatMap';
import { KeyTables } from './KeyTables';
import { periodOf } from './period';
import type { PeriodWords } from './period';
import { Tiles } from './Tiles';
import { useBehind } from './useBehind';
import { useDashboard } from './useDashboard';

/** How tickets came and went. Period and department stand in the address. */
export function DashboardPage() {
  const { t } = useText();
  const org = useOrganisation();
  const { me } = useMeta();
  const [address, setAddress] = useSearchParams();
  const period = periodOf(address);
  const department = address.get('department');
  const { data, error, refetch } = useDashboard(period, department);
  const go = (next: PeriodWords, in_department: string | null) => {
    const words = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...next, department: in_department })) if (value !== null) words.set(name, value);
    setAddress(words);
  };
  return (
    <Page
      title={t('dashboard.title')}
      lead={t('dashboard.lead')}
      actions={<Button component={Link} to={`/desk/${org}/time`} variant="default" leftSection={<IconClockHour4 size={15} />}>{t('time_report.title')}</Button>}
    >
      {data !== undefined && (
        <DashboardControls
          period={period}
          department={department}
          scope={data}
          onPeriod={(next) => go(next, department)}
          onDepartment={(id) => go(period, id)}
        />
      )}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && data === undefined && <PageSkeleton />}
      {!error && me.sees_no_tickets && <EmptyState icon={<IconSitemap size={22} />} title={t('desk.no_department')}>{t('desk.no_department_help')}</EmptyState>}
      {!error && data !== undefined && !me.sees_no_tickets && (data.is_ready ? <Sections figures={data} department={department} /> : <Counting state={data} />)}
    </Page>
  );
}

function Sections({ figures, department }: { figures: Figures; department: string | null }) {
  const { t } = useText();
  const format = useFormat();
  const behind = useBehind({ from: figures.from, until: figures.until, department });
  return (
    <>
      <Tiles total={figures.total} behind={behind} />
      <div className={classes.cards}>
        <DaysCharts days={figures.days} behind={behind} />
        {figures.first_answer && <DurationChart title={t('dashboard.first_answer')} figure="answered" durations={figures.first_answer} behind={behind} />}
        {figures.resolution && <DurationChart title={t('dashboard.resolution')} figure="resolved" durations={figures.resolution} behind={behind} />}
        <HeatMap counts={figures.created_by_hour} behind={behind} />
        {figures.agents && <AgentsNow department={department} today={figures.today} behind={behind} />}
        <KeyTables figures={figures} behind={behind} />
      </div>
      <p className={classes.foot}>{t('dashboard.foot', { from: format.date(figures.from), until: format.date(figures.until), zone: figures.time_zone, at: format.instant(figures.counted_at) })}</p>
    </>
  );
}

function Counting({ state }: { state: BeingCounted }) {
  const { t } = useText();
  return (
    <div role="status">
      <p>{t('dashboard.counting', { percent: state.counted_percent })}</p>
      <Progress value={state.counted_percent} aria-label={t('dashboard.counting', { percent: state.counted_percent })} />
    </div>
  );
}
