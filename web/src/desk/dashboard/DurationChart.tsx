import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { formatMinutes } from '../ratings/ratings';
import { ChartCard } from '@/ui/charts/ChartCard';
import { ColumnsChart } from '@/ui/charts/ColumnsChart';
import type { Band, Durations } from './dashboard_types';
import type { HrefBehind } from './useBehind';

interface DurationChartProps {
  title: string;
  figure: 'answered' | 'resolved';
  durations: Durations;
  behind: HrefBehind;
}

/** How long it took: how many tickets lie in each span of time. */
export function DurationChart({ title, figure, durations, behind }: DurationChartProps) {
  const { t } = useText();
  const format = useFormat();
  const words = (minutes: number) => formatMinutes(minutes, format.locale);
  const last = durations.bands[durations.bands.length - 2]?.until_minutes ?? 0;
  const label = (band: Band) => (band.until_minutes === null ? t('dashboard.longer', { time: words(last) }) : t('dashboard.within', { time: words(band.until_minutes) }));
  const href = (band: Band) => behind({ figure, band: band.band });
  const lead = durations.nine_tenths_within_minutes === null
    ? undefined
    : t('dashboard.share_within', { half: words(durations.half_within_minutes ?? 0), most: words(durations.nine_tenths_within_minutes) });
  return (
    <ChartCard
      title={title}
      lead={lead}
      file={figure === 'answered' ? 'first-response' : 'resolution'}
      heads={[t('dashboard.duration'), t('dashboard.tickets')]}
      rows={durations.bands.map((band) => ({ key: String(band.band), label: label(band), cells: [{ value: band.count, href: href(band) }] }))}
      chart={
        <ColumnsChart
          label={title}
          labels={6}
          columns={durations.bands.map((band) => ({
            key: String(band.band),
            label: band.until_minutes === null ? `> ${words(last)}` : `≤ ${words(band.until_minutes)}`,
            bars: [{
              series: figure, look: 'solid', value: band.count, href: href(band),
              name: t('dashboard.point', { where: label(band), what: t('dashboard.tickets'), count: format.number(band.count) }),
            }],
          }))}
        />
      }
    />
  );
}
