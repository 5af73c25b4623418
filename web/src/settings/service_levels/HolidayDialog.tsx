import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { patch, post } from '@/api';
import type { Holiday, HolidayList } from '@/api';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import classes from './ServiceLevels.module.css';

const name_chars_max = 100;
const days_max = 400;

/** A list of holidays: dates with names. */
export function HolidayDialog({ list, onClose }: { list: HolidayList | null; onClose: () => void }) {
  const { t } = useText();
  const write = useSettingsWrite('holiday_lists', 'business_hours');
  const [name, setName] = useState(list?.name ?? '');
  const [days, setDays] = useState<Holiday[]>(list?.days ?? []);
  const set = (at: number, changes: Partial<Holiday>) => setDays(days.map((each, index) => (index === at ? { ...each, ...changes } : each)));
  const send = () => {
    const body = { name, days: days.filter((day) => day.on !== '' || day.name.trim() !== '') };
    return write((base) => (list === null ? post(`${base}/holiday_lists`, body) : patch(`${base}/holiday_lists/${list.id}`, body)));
  };
  return (
    <FormDialog
      title={list === null ? t('settings.business_hours.add_list') : list.name} submit_label={list === null ? t('ui.create') : t('ui.save')}
      is_open required={{ name }} onClose={onClose} onSubmit={send}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('settings.business_hours.name')} withAsterisk data-autofocus maxLength={name_chars_max} value={name} error={faultOf('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {days.map((day, at) => (
            <div key={at} className={classes.line} role="group" aria-label={t('settings.business_hours.holiday', { place: at + 1 })}>
              <TextInput type="date" name="days" aria-label={t('settings.business_hours.on')} value={day.on} onChange={(event) => set(at, { on: event.currentTarget.value })} />
              <TextInput aria-label={t('settings.business_hours.holiday_name')} className={classes.grow} maxLength={name_chars_max} value={day.name} placeholder={t('settings.business_hours.holiday_name')} onChange={(event) => set(at, { name: event.currentTarget.value })} />
              <ActionIcon size="lg" aria-label={t('settings.business_hours.remove_holiday', { place: at + 1 })} onClick={() => setDays(days.filter((_, index) => index !== at))}><IconTrash size={16} /></ActionIcon>
            </div>
          ))}
          {faultOf('days') !== undefined && <p className={classes.fault} role="alert">{faultOf('days')}</p>}
          {days.length < days_max && (
            <div>
              <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setDays([...days, { on: '', name: '' }])}>{t('settings.business_hours.add_holiday')}</Button>
            </div>
          )}
        </>
      )}
    </FormDialog>
  );
}
