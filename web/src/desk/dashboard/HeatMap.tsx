import { Link } from 'react-router';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { ChartCard } from '@/ui/charts/ChartCard';
import classes from '@/ui/charts/Charts.module.css';
import type { HrefBehind } from './useBehind';
import { useArrowKeys } from '@/ui/charts/useArrowKeys';

const days = [0, 1, 2, 3, 4, 5, 6];
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const monday = Date.UTC(2024, 0, 1);
const day_ms = 86_400_000;
const hour_ms = 3_600_000;
const most_heat = 70;

interface HeatMapProps {
  counts: number[];
  behind: HrefBehind;
}

/** When tickets come in: each hour of the week as a cell that opens its tickets. */
export function HeatMap({ counts, behind }: HeatMapProps) {
  const { t } = useText();
  const format = useFormat();
  const { active, onKeyDown, onFocus } = useArrowKeys();
  const weekday = new Intl.DateTimeFormat(format.locale, { weekday: 'short', timeZone: 'UTC' });
  const clock = new Intl.DateTimeFormat(format.locale, { hour: 'numeric', timeZone: 'UTC' });
  const dayWords = (day: number) => weekday.format(monday + day * day_ms);
  const hourWords = (hour: number) => clock.format(monday + hour * hour_ms);
  const most = Math.max(1, ...counts);
  const at = (day: number, hour: number) => counts[day * 24 + hour] ?? 0;
  const links = days.flatMap((day) => hours.filter((hour) => at(day, hour) > 0).map((hour) => day * 24 + hour));
  const title = t('dashboard.hours');
  return (
    <ChartCard
      title={title}
      lead={t('dashboard.hours_help')}
      file="busiest-hours"
      width="whole"
      heads={[t('dashboard.hour'), ...days.map(dayWords)]}
      rows={hours.map((hour) => ({
        key: String(hour), label: hourWords(hour),
        cells: days.map((day) => ({ value: at(day, hour), href: behind({ figure: 'created', hour: day * 24 + hour }) })),
      }))}
      chart={
        <div className={classes.tableFrame} role="group" aria-label={title} tabIndex={0}>
          <table className={classes.heat} aria-label={title} onKeyDown={onKeyDown} onFocus={onFocus}>
            <thead>
              <tr>
                <td />
                {hours.map((hour) => <th key={hour} scope="col">{hour}</th>)}
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <tr key={day}>
                  <th scope="row">{dayWords(day)}</th>
                  {hours.map((hour) => (
                    <td key={hour}>
                      {at(day, hour) > 0 && (
                        <Link
                          to={behind({ figure: 'created', hour: day * 24 + hour })}
                          aria-label={t('dashboard.point', { where: `${dayWords(day)} ${hourWords(hour)}`, what: t('dashboard.created'), count: format.number(at(day, hour)) })}
                          style={{ '--heat': `${Math.round((at(day, hour) / most) * most_heat)}%` }}
                          tabIndex={links.indexOf(day * 24 + hour) === Math.min(active, links.length - 1) ? 0 : -1}
                        >
                          {format.number(at(day, hour))}
                        </Link>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      }
    />
  );
}
