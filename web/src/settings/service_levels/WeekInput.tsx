import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { weekdays } from '@/api';
import type { Weekday } from '@/api';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import classes from './ServiceLevels.module.css';
import { nextRange, ranges_max } from './week_form';
import type { TimeRange, WeekForm } from './week_form';

/** The opening times of each day, any number of ranges. */
export function WeekInput({ week, onChange }: { week: WeekForm; onChange: (week: WeekForm) => void }) {
  const { locale } = useFormat();
  const long_name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const set = (day: Weekday, ranges: TimeRange[]) => onChange({ ...week, [day]: ranges });
  return (
    <div>
      {weekdays.map((day, at) => (
        <DayInput key={day} label={long_name.format(new Date(Date.UTC(2026, 2, 2 + at)))} ranges={week[day]} onChange={(ranges) => set(day, ranges)} />
      ))}
    </div>
  );
}

function DayInput({ label, ranges, onChange }: { label: string; ranges: TimeRange[]; onChange: (ranges: TimeRange[]) => void }) {
  const { t } = useText();
  const more = t(ranges.length === 0 ? 'settings.business_hours.closed' : 'settings.business_hours.more');
  const set = (at: number, changes: Partial<TimeRange>) => onChange(ranges.map((each, index) => (index === at ? { ...each, ...changes } : each)));
  return (
    <div className={classes.day} role="group" aria-label={label}>
      <span className={classes.dayName}>{label}</span>
      <div className={classes.ranges}>
        {ranges.map((range, at) => (
          <div key={at} className={classes.range}>
            <TextInput type="time" name="week" aria-label={t('settings.business_hours.from', { day: label })} value={range.from} onChange={(event) => set(at, { from: event.currentTarget.value })} />
            <span aria-hidden="true">–</span>
            <TextInput type="time" name="week" aria-label={t('settings.business_hours.until', { day: label })} value={range.until} onChange={(event) => set(at, { until: event.currentTarget.value })} />
            <ActionIcon size="lg" aria-label={t('settings.business_hours.remove_range', { day: label })} onClick={() => onChange(ranges.filter((_, index) => index !== at))}><IconTrash size={16} /></ActionIcon>
          </div>
        ))}
        {ranges.length < ranges_max && (
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} aria-label={`${label}: ${more}`} onClick={() => onChange([...ranges, nextRange(ranges)])}>
            {more}
          </Button>
        )}
      </div>
    </div>
  );
}
