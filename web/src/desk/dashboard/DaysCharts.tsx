import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { ChartCard } from '@/ui/charts/ChartCard';
import { ColumnsChart, Legend } from '@/ui/charts/ColumnsChart';
import type { ChartBar } from '@/ui/charts/ColumnsChart';
import type { DayFigures } from './dashboard_types';
import type { HrefBehind } from './useBehind';

interface DaysChartsProps {
  days: DayFigures[];
  behind: HrefBehind;
}

const looks: Record<string, ChartBar['look']> = { created: 'solid', closed: 'striped', backlog: 'soft' };
type Series = 'created' | 'closed' | 'backlog';

/** What came and went, and what was open at the end of each day. */
export function DaysCharts({ days, behind }: DaysChartsProps) {
  const { t } = useText();
  const is_closing_known = days[0]?.closed !== undefined;
  return (
    <>
      <DaysChart title={t(is_closing_known ? 'dashboard.by_day' : 'dashboard.created')} file="created-and-closed" series={is_closing_known ? ['created', 'closed'] : ['created']} days={days} behind={behind} />
      {is_closing_known && <DaysChart title={t('dashboard.backlog')} file="open-tickets" series={['backlog']} days={days} behind={behind} />}
    </>
  );
}

function DaysChart({ title, file, series, days, behind }: DaysChartsProps & { title: string; file: string; series: Series[] }) {
  const { t } = useText();
  const format = useFormat();
  const short = new Intl.DateTimeFormat(format.locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const href = (each: Series, day: string) => behind({ figure: each, from: day, until: day });
  const columns = days.map((day) => ({
    key: day.day,
    label: short.format(new Date(`${day.day}T00:00:00Z`)),
    bars: series.map((each): ChartBar => ({
      series: each, look: looks[each] ?? 'solid', value: day[each] ?? 0, href: href(each, day.day),
      name: t('dashboard.point', { where: format.date(day.day), what: t(`dashboard.${each}`), count: format.number(day[each] ?? 0) }),
    })),
  }));
  return (
    <ChartCard
      title={title}
      file={file}
      heads={[t('dashboard.day'), ...series.map((each) => t(`dashboard.${each}`))]}
      rows={days.map((day) => ({
        key: day.day, label: format.date(day.day),
        cells: series.map((each) => ({ value: day[each] ?? 0, href: href(each, day.day) })),
      }))}
      chart={
        <>
          <ColumnsChart label={title} columns={columns} />
          <Legend items={series.map((each) => ({ look: looks[each] ?? 'solid', label: t(`dashboard.${each}`) }))} />
        </>
      }
    />
  );
}
