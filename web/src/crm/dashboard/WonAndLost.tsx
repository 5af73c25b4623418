import { condition } from '@/api';
import { useMoney } from '@/fields';
import { useText } from '@/i18n';
import { ErrorState, useFormat } from '@/ui';
import { ChartCard } from '@/ui/charts/ChartCard';
import { ColumnsChart, Legend } from '@/ui/charts/ColumnsChart';
import type { ChartBar } from '@/ui/charts/ColumnsChart';
import { byMonth, dealsIn, lastDayOf, monthsUntil } from './sales_figures';
import type { DashboardScope, MonthFigures } from './sales_figures';
import { useFigures } from './useFigures';
import { useScaled } from './useScaled';
import { useListBehind } from './useScope';

interface WonAndLostProps {
  scope: DashboardScope;
  today: string;
  has_amount: boolean;
}

const months_shown = 12;
const outcomes = ['won', 'lost'] as const;
const looks = { won: 'striped', lost: 'soft' } as const;

/** What was won and lost in each month, by the closing date of the deals. */
export function WonAndLost({ scope, today, has_amount }: WonAndLostProps) {
  const { t } = useText();
  const format = useFormat();
  const money = useMoney();
  const scaled = useScaled();
  const behind = useListBehind();
  const months = monthsUntil(today, months_shown);
  const days = [`${months[0] ?? ''}-01`, lastDayOf(months.at(-1) ?? '')];
  const { data, error, refetch } = useFigures('deals', {
    filter: dealsIn(scope, condition('outcome', 'is_one_of', [...outcomes]), condition('closes_on', 'between', days)),
    by: ['closes_on', 'outcome'], sum: has_amount ? ['amount'] : [],
  });
  if (error && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const short = new Intl.DateTimeFormat(format.locale, { month: 'short', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(format.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const dated = (month: string) => new Date(`${month}-01T00:00:00Z`);
  const href = (month: string, outcome: 'won' | 'lost') =>
    behind('deals', dealsIn(scope, condition('outcome', 'is_one_of', [outcome]), condition('closes_on', 'between', [`${month}-01`, lastDayOf(month)])));
  const title = t('sales_dashboard.by_month');
  const figures = byMonth(data ?? [], months);
  const bar = (each: MonthFigures, outcome: 'won' | 'lost'): ChartBar => {
    const value = has_amount ? each[outcome].amount : each[outcome].count;
    const count = has_amount ? money(value, 2) : format.number(value);
    return {
      series: outcome, look: looks[outcome], value, href: href(each.month, outcome),
      name: t('dashboard.point', { where: long.format(dated(each.month)), what: t(`crm.choice.outcome.${outcome}`), count }),
    };
  };
  return (
    <ChartCard
      title={title}
      lead={t('sales_dashboard.by_month_help')}
      width="whole"
      file="won-and-lost"
      heads={[t('sales_dashboard.month'), ...outcomes.flatMap((outcome) => [t(`crm.choice.outcome.${outcome}`), ...(has_amount ? [t(`sales_dashboard.${outcome}_amount`)] : [])])]}
      rows={figures.map((each) => ({
        key: each.month, label: long.format(dated(each.month)),
        cells: outcomes.flatMap((outcome) => [
          { value: each[outcome].count, href: href(each.month, outcome) },
          ...(has_amount ? [{ value: each[outcome].amount, text: money(each[outcome].amount, 2) }] : []),
        ]),
      }))}
      chart={
        <>
          <ColumnsChart
            label={title} labels={months_shown} scaled={has_amount ? scaled : undefined}
            columns={figures.map((each) => ({ key: each.month, label: short.format(dated(each.month)), bars: outcomes.map((outcome) => bar(each, outcome)) }))}
          />
          <Legend items={outcomes.map((outcome) => ({ look: looks[outcome], label: t(`crm.choice.outcome.${outcome}`) }))} />
        </>
      }
    />
  );
}
