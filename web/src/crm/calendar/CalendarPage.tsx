import { ActionIcon, Button, SegmentedControl, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useMeta } from '@/api';
import { toWallClock } from '@/fields/instant/wall_clock';
import { useText } from '@/i18n';
import { ErrorState, Page, RowsSkeleton, useCommands, useFormat, useNow } from '@/ui';
import { NewRecordDialog } from '../record/NewRecordDialog';
import { AddMenu } from './AddMenu';
import classes from './Calendar.module.css';
import { daysOf, isDay, stepFrom } from './calendar_days';
import type { Shape } from './calendar_days';
import { DayList } from './DayList';
import type { EntryModule } from './entries';
import { MonthGrid } from './MonthGrid';
import { useCalendar } from './useCalendar';
import { valuesAt } from './values_at';
import type { Slot } from './values_at';
import { WeekGrid } from './WeekGrid';

/** Meetings, calls and tasks by day: a week or a month, and on a small screen a list of a week's days. */
export function CalendarPage() {
  const { t } = useText();
  const { time_zone } = useFormat();
  const is_small = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const today = toWallClock(useNow().toISOString(), time_zone).slice(0, 10);
  const { shape, day, owner, choose } = usePlace(today);
  const days = daysOf(is_small ? 'week' : shape, day);
  const calendar = useCalendar({ days, owner });
  const [slot, setSlot] = useState<Slot | null>(null);
  const [making, setMaking] = useState<{ module: EntryModule; slot: Slot } | null>(null);
  const group = t('shortcuts.group_list');
  const go = (step: -1 | 1) => choose({ day: stepFrom(is_small ? 'week' : shape, day, step) });
  useCommands([
    { id: 'calendar.today', label: t('calendar.today'), group, keys: 't', run: () => choose({ day: null }) },
    { id: 'calendar.before', label: t('calendar.before'), group, keys: 'k', run: () => go(-1) },
    { id: 'calendar.after', label: t('calendar.after'), group, keys: 'j', run: () => go(1) },
    { id: 'record.new', label: t('calendar.add'), group, keys: 'c', run: () => setSlot({ day: days.includes(today) ? today : day, hour: null }) },
  ]);
  const views = { days, today, entries: calendar.entries, onAdd: setSlot };
  return (
    <Page
      title={t('calendar.title')}
      width="full"
      actions={<Controls shape={is_small ? null : shape} days={days} day={day} owner={owner} onStep={go} onChoose={choose} onAdd={() => setSlot({ day: days.includes(today) ? today : day, hour: null })} />}
    >
      {calendar.is_cut && <p className={classes.note} role="status">{t('calendar.cut')}</p>}
      {calendar.error !== null && <ErrorState error={calendar.error} onRetry={calendar.reload} />}
      {calendar.error === null && calendar.is_loading && calendar.entries.length === 0 && is_small && <RowsSkeleton rows={5} />}
      {calendar.error === null && (is_small
        ? !calendar.is_loading && <DayList {...views} />
        : shape === 'week' ? <WeekGrid {...views} /> : <MonthGrid {...views} month={day.slice(0, 7)} onDay={(next) => choose({ shape: 'week', day: next })} />)}
      {slot !== null && <AddMenu slot={slot} onClose={() => setSlot(null)} onChoose={(module) => setMaking({ module, slot })} />}
      {making !== null && (
        <NewRecordDialog
          module={making.module} values={valuesAt(making.module, making.slot, time_zone)} is_open onClose={() => setMaking(null)} onCreated={() => calendar.reload()}
        />
      )}
    </Page>
  );
}

interface Place {
  shape: Shape;
  day: string;
  owner: string | null;
}

/** What is shown stands in the address: my own week of today, unless it says more. */
function usePlace(today: string): Place & { choose: (changes: { shape?: Shape; day?: string | null; owner?: string }) => void } {
  const [address, setAddress] = useSearchParams();
  const day = address.get('day');
  const owner = address.get('owner') ?? 'me';
  return {
    shape: address.get('shape') === 'month' ? 'month' : 'week',
    day: isDay(day) ? day : today,
    owner: owner === 'everybody' ? null : owner,
    choose: (changes) =>
      setAddress((before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) after.delete(name);
          else after.set(name, value);
        }
        return after;
      }),
  };
}

interface ControlsProps {
  /** Null where there is one shape alone. */
  shape: Shape | null;
  days: string[];
  day: string;
  owner: string | null;
  onStep: (step: -1 | 1) => void;
  onChoose: (changes: { shape?: Shape; day?: string | null; owner?: string }) => void;
  onAdd: () => void;
}

function Controls({ shape, days, day, owner, onStep, onChoose, onAdd }: ControlsProps) {
  const { t } = useText();
  const { agents } = useMeta();
  const { locale } = useFormat();
  const active = agents.filter((agent) => agent.status === 'active');
  const at = (each: string | undefined) => new Date(`${each ?? day}T00:00:00Z`);
  const span = shape === 'month'
    ? new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at(day))
    : new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(at(days[0]), at(days.at(-1)));
  return (
    <>
      <div className={classes.steps}>
        <ActionIcon aria-label={t('calendar.before')} onClick={() => onStep(-1)}><IconChevronLeft size={16} /></ActionIcon>
        <span className={classes.span} aria-live="polite">{span}</span>
        <ActionIcon aria-label={t('calendar.after')} onClick={() => onStep(1)}><IconChevronRight size={16} /></ActionIcon>
        <Button variant="default" onClick={() => onChoose({ day: null })}>{t('calendar.today')}</Button>
      </div>
      <Select
        aria-label={t('sales_dashboard.owner')} w={{ base: '100%', sm: 180 }} allowDeselect={false} searchable value={owner ?? 'everybody'} nothingFoundMessage={t('ui.nothing_found')}
        data={[{ value: 'me', label: t('sales_dashboard.me') }, { value: 'everybody', label: t('sales_dashboard.everybody') }, ...active.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(next) => next !== null && onChoose({ owner: next })}
      />
      {shape !== null && (
        <SegmentedControl
          size="xs" aria-label={t('calendar.shape')} value={shape} onChange={(next) => onChoose({ shape: next === 'month' ? 'month' : 'week' })}
          data={[{ value: 'week', label: t('calendar.week') }, { value: 'month', label: t('calendar.month') }]}
        />
      )}
      <Button onClick={onAdd}>{t('calendar.add')}</Button>
    </>
  );
}
