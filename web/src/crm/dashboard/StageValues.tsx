import { condition, useMeta } from '@/api';
import { asNumber, useMoney, useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { ErrorState, useFormat } from '@/ui';
import { ChartCard } from '@/ui/charts/ChartCard';
import { ColumnsChart, Legend } from '@/ui/charts/ColumnsChart';
import type { ChartBar } from '@/ui/charts/ColumnsChart';
import { dealsIn, groupOf } from './sales_figures';
import type { DashboardScope } from './sales_figures';
import { useFigures } from './useFigures';
import { useScaled } from './useScaled';
import { useListBehind } from './useScope';

interface StageValuesProps {
  scope: DashboardScope;
  has_amount: boolean;
}

/** What stands on each stage that is open: how many deals, their worth, and what of it is expected. */
export function StageValues({ scope, has_amount }: StageValuesProps) {
  const { t } = useText();
  const format = useFormat();
  const money = useMoney();
  const scaled = useScaled();
  const stageName = useStageLabel();
  const behind = useListBehind();
  const { pipelines } = useMeta();
  const open = condition('outcome', 'is_one_of', ['open']);
  const { data, error, refetch } = useFigures('deals', { filter: dealsIn(scope, open), by: ['stage'], sum: has_amount ? ['amount', 'expected_revenue'] : [] });
  if (error && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const stages = pipelines.find(({ id }) => id === scope.pipeline)?.stages.filter((stage) => stage.outcome === 'open') ?? [];
  const title = t(has_amount ? 'sales_dashboard.by_stage' : 'sales_dashboard.count_by_stage');
  const rows = stages.map((stage) => {
    const group = groupOf(data, stage.id);
    const href = behind('deals', dealsIn(scope, condition('stage', 'is', stage.id)));
    return { stage, name: stageName(stage.name), group, href, amount: asNumber(group.sums.amount) ?? 0, expected: asNumber(group.sums.expected_revenue) ?? 0 };
  });
  const bar = (series: 'count' | 'amount' | 'expected', look: ChartBar['look'], row: (typeof rows)[number]): ChartBar => {
    const value = series === 'count' ? row.group.count : row[series];
    const shown = series === 'count' ? format.number(value) : money(value, 2);
    return { series, look, value, href: row.href, name: t('dashboard.point', { where: row.name, what: t(`sales_dashboard.series_${series}`), count: shown }) };
  };
  const columns = rows.map((row) => ({
    key: row.stage.id, label: row.name, bars: has_amount ? [bar('amount', 'solid', row), bar('expected', 'striped', row)] : [bar('count', 'solid', row)],
  }));
  const legend = [{ look: 'solid' as const, label: t('sales_dashboard.series_amount') }, { look: 'striped' as const, label: t('sales_dashboard.series_expected') }];
  return (
    <ChartCard
      title={title}
      width="whole"
      file="deals-by-stage"
      heads={[t('crm.deals.stage'), t('sales_dashboard.series_count'), ...(has_amount ? [t('sales_dashboard.series_amount'), t('sales_dashboard.series_expected')] : [])]}
      rows={rows.map((row) => ({
        key: row.stage.id, label: row.name,
        cells: [
          { value: row.group.count, href: row.href },
          ...(has_amount ? [{ value: row.amount, text: money(row.amount, 2) }, { value: row.expected, text: money(row.expected, 2) }] : []),
        ],
      }))}
      chart={
        <>
          <ColumnsChart label={title} columns={columns} scaled={has_amount ? scaled : undefined} />
          {has_amount && <Legend items={legend} />}
        </>
      }
    />
  );
}
