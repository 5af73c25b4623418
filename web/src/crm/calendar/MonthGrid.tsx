import { UnstyledButton } from '@mantine/core';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import classes from './Calendar.module.css';
import type { CalendarViewProps } from './DayList';
import { EntryLink } from './EntryLink';
import { inOrder } from './entries';
import { useCellKeys } from './useCellKeys';

interface MonthGridProps extends CalendarViewProps {
  /** "2026-11"; days of the months beside it are dimmed. */
  month: string;
  onDay: (day: string) => void;
}

/** So many entries stand in a day; the rest is a way to its week. */
const entries_max = 3;
const columns = 7;

/** Six weeks, a box for each day. */
export function MonthGrid({ days, today, entries, month, onAdd, onDay }: MonthGridProps) {
  const { t } = useText();
  const { locale } = useFormat();
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const whole = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  const keys = useCellKeys({ columns, first: Math.max(0, days.indexOf(today)) });
  return (
    <div className={classes.month}>
      <div className={classes.weekdays} aria-hidden="true">{days.slice(0, columns).map((day) => <span key={day}>{weekday.format(at(day))}</span>)}</div>
      <div className={classes.boxes} role="group" aria-label={t('calendar.title')} aria-describedby="calendar-keys" {...keys.group}>
        {days.map((day, place) => {
          const all = inOrder(entries.filter((entry) => entry.day === day));
          const shown = all.length > entries_max ? all.slice(0, entries_max - 1) : all;
          return (
            <div key={day} className={classes.box} data-beside={day.startsWith(month) ? undefined : true}>
              <UnstyledButton className={classes.boxHead} data-today={day === today || undefined} aria-label={t('calendar.add_on', { day: whole.format(at(day)) })} {...keys.cell(place)} onClick={() => onAdd({ day, hour: null })}>
                {Number(day.slice(8))}
              </UnstyledButton>
              {shown.map((entry) => <EntryLink key={entry.key} entry={entry} />)}
              {all.length > shown.length && (
                <UnstyledButton className={classes.more} onClick={() => onDay(day)}>{t('calendar.more', { count: all.length - shown.length })}</UnstyledButton>
              )}
            </div>
          );
        })}
      </div>
      <p id="calendar-keys" className="visually-hidden">{t('calendar.keys')}</p>
    </div>
  );
}
