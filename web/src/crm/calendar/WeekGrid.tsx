import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { hourWords } from './AddMenu';
import classes from './Calendar.module.css';
import type { CalendarViewProps } from './DayList';
import { EntryLink } from './EntryLink';
import { inOrder, placed } from './entries';
import { useCellKeys } from './useCellKeys';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** The working day is seen first. */
const first_hour = 8;
const hour_px = 56;
/** Half of an hour's label stands above its line. */
const label_px = 12;
/** What is shorter is drawn so long, to be read and pressed. */
const shortest_minutes = 30;

/** Seven days side by side: above what takes the whole day, below what has its hours. */
export function WeekGrid({ days, today, entries, onAdd }: CalendarViewProps) {
  const { t } = useText();
  const { locale } = useFormat();
  const head = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', timeZone: 'UTC' });
  const whole = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  const scroller = useRef<HTMLDivElement>(null);
  const columns = days.length;
  const keys = useCellKeys({ columns, first: first_hour * columns + Math.max(0, days.indexOf(today)) });
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = first_hour * hour_px - label_px;
  }, []);
  return (
    <div className={classes.week}>
      <div className={classes.weekHead}>
        <span />
        {days.map((day) => {
          const all_day = inOrder(entries.filter((entry) => entry.day === day && entry.from === null));
          return (
            <section key={day} className={classes.dayTop} aria-label={whole.format(at(day))}>
              <h2 className={classes.dayName} data-today={day === today || undefined}>{head.format(at(day))}</h2>
              <div className={classes.allDay}>{all_day.map((entry) => <EntryLink key={entry.key} entry={entry} />)}</div>
            </section>
          );
        })}
      </div>
      <div className={classes.hours} ref={scroller} role="group" aria-label={t('calendar.hours')} aria-describedby="calendar-keys" {...keys.group}>
        <div className={classes.scale} aria-hidden="true">{hours.map((hour) => <span key={hour} style={{ top: hour * hour_px }}>{hour === 0 ? '' : hourWords(locale, hour)}</span>)}</div>
        {days.map((day, column) => (
          <div key={day} className={classes.day} data-today={day === today || undefined}>
            {hours.map((hour) => (
              <UnstyledButton
                key={hour} className={classes.slot} style={{ height: hour_px }} {...keys.cell(hour * columns + column)}
                aria-label={t('calendar.add_on', { day: t('calendar.at', { day: whole.format(at(day)), time: hourWords(locale, hour) }) })}
                onClick={() => onAdd({ day, hour })}
              />
            ))}
            {placed(entries.filter((entry) => entry.day === day)).map(({ entry, lane, lanes }) => (
              <div
                key={entry.key} className={classes.placed}
                style={{
                  top: ((entry.from ?? 0) / 60) * hour_px, height: (Math.max(shortest_minutes, (entry.until ?? 0) - (entry.from ?? 0)) / 60) * hour_px - 2,
                  left: `${(lane / lanes) * 100}%`, width: `${100 / lanes}%`,
                }}
              >
                <EntryLink entry={entry} is_block />
              </div>
            ))}
          </div>
        ))}
      </div>
      <p id="calendar-keys" className="visually-hidden">{t('calendar.keys')}</p>
    </div>
  );
}
