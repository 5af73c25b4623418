import { Select } from '@mantine/core';
import { useMeta } from '@/api';
import { useText } from '@/i18n';
import dashboard from '../dashboard/Dashboard.module.css';
import { DashboardControls } from '../dashboard/DashboardControls';
import type { PeriodWords } from '../dashboard/period';
import { report_kinds } from './time_report';
import type { ReportKind } from './time_report';
import type { ReportQuery } from './useTimeReport';

interface TimeReportControlsProps {
  kind: ReportKind;
  period: PeriodWords;
  scope: { from: string; until: string; today: string };
  query: ReportQuery;
  onChange: (changes: Record<string, string | null>) => void;
}

/** What the report is about and how it is summed. */
export function TimeReportControls({ kind, period, scope, query, onChange }: TimeReportControlsProps) {
  const { t } = useText();
  const { agents } = useMeta();
  return (
    <>
      <DashboardControls
        period={period} department={query.department} scope={scope}
        onPeriod={({ days, from, until }) => onChange({ days, from, until })}
        onDepartment={(department) => onChange({ department })}
      />
      <div className={dashboard.controls}>
        <Select
          label={t('time_report.by')} allowDeselect={false} value={kind}
          data={report_kinds.map((each) => ({ value: each, label: t(`time_report.by_${each}`) }))}
          onChange={(by) => onChange({ by })}
        />
        <Select
          label={t('dashboard.agent')} searchable clearable placeholder={t('time_report.everybody')} value={query.agent}
          data={agents.map(({ id, name }) => ({ value: id, label: name }))} nothingFoundMessage={t('ui.nothing_found')}
          onChange={(agent) => onChange({ agent })}
        />
        <Select
          label={t('time_report.which')} allowDeselect={false} value={query.billable ?? ''}
          data={[
            { value: '', label: t('time_report.all') }, { value: 'yes', label: t('time_report.billable') }, { value: 'no', label: t('time_report.not_billable') },
          ]}
          onChange={(billable) => onChange({ billable })}
        />
      </div>
    </>
  );
}
