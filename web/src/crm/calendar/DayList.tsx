import { ActionIcon } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import classes from './Calendar.module.css';
import { EntryLink } from './EntryLink';
import { inOrder } from './entries';
import type { Entry } from './entries';
import type { Slot } from './values_at';

export interface CalendarViewProps {
  days: string[];
  today: string;
  entries: Entry[];
  onAdd: (slot: Slot) => void;
}

/** The days of a week one below the other. */
export function DayList({ days, today, entries, onAdd }: CalendarViewProps) {
  const { t } = useText();
  const { locale } = useFormat();
  const words = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  return (
    <div className={classes.dayList}>
      {days.map((day) => {
        const shown = inOrder(entries.filter((entry) => entry.day === day));
        const name = words.format(new Date(`${day}T00:00:00Z`));
        return (
          <section key={day} aria-label={name}>
            <div className={classes.dayHead} data-today={day === today || undefined}>
              <h2>{name}{day === today && <span className={classes.todayWord}>{t('calendar.today')}</span>}</h2>
              <ActionIcon size={32} aria-label={t('calendar.add_on', { day: name })} onClick={() => onAdd({ day, hour: null })}><IconPlus size={16} /></ActionIcon>
            </div>
            {shown.length === 0
              ? <p className={classes.nothing}>{t('calendar.nothing')}</p>
              : <ul className={classes.entries}>{shown.map((entry) => <li key={entry.key}><EntryLink entry={entry} /></li>)}</ul>}
          </section>
        );
      })}
    </div>
  );
}
