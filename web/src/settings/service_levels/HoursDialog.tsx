import { MultiSelect, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { patch, post, useMeta } from '@/api';
import type { BusinessHours, HolidayList } from '@/api';
import { useText } from '@/i18n';
import { FormDialog, useFormat } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import classes from './ServiceLevels.module.css';
import { weekBody, weekForm } from './week_form';
import { WeekInput } from './WeekInput';

const name_chars_max = 100;

/** When somebody works: a time zone, a week, a list of holidays, and the departments that keep them. */
export function HoursDialog({ hours, lists, onClose }: { hours: BusinessHours | null; lists: HolidayList[]; onClose: () => void }) {
  const { t } = useText();
  const { departments } = useMeta();
  const { time_zone: own_zone } = useFormat();
  const write = useSettingsWrite('business_hours');
  const [form, setForm] = useState({
    name: hours?.name ?? '', time_zone: hours?.time_zone ?? own_zone, holiday_list: hours?.holiday_list ?? null,
    is_usual: hours?.is_usual ?? false, departments: hours?.departments.map((each) => each.id) ?? [],
  });
  const [week, setWeek] = useState(() => weekForm(hours));
  const set = (changes: Partial<typeof form>) => setForm((before) => ({ ...before, ...changes }));
  const zones = Intl.supportedValuesOf('timeZone');
  const send = () => {
    const body = { ...form, week: weekBody(week) };
    return write((base) => (hours === null ? post(`${base}/business_hours`, body) : patch(`${base}/business_hours/${hours.id}`, body)));
  };
  return (
    <FormDialog
      title={hours === null ? t('settings.business_hours.add') : hours.name} submit_label={hours === null ? t('ui.create') : t('ui.save')}
      size="lg" is_open required={{ name: form.name }} onClose={onClose} onSubmit={send}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('settings.business_hours.name')} withAsterisk data-autofocus maxLength={name_chars_max} value={form.name} error={faultOf('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Select
            label={t('settings.business_hours.time_zone')} searchable allowDeselect={false} value={form.time_zone} error={faultOf('time_zone')}
            data={zones.includes(form.time_zone) ? zones : [form.time_zone, ...zones]} onChange={(zone) => zone !== null && set({ time_zone: zone })}
          />
          <WeekInput week={week} onChange={setWeek} />
          {faultOf('week') !== undefined && <p className={classes.fault} role="alert">{faultOf('week')}</p>}
          <Select
            label={t('settings.business_hours.holiday_list')} clearable placeholder={t('settings.business_hours.no_list')} value={form.holiday_list}
            error={faultOf('holiday_list')} data={lists.map((list) => ({ value: list.id, label: list.name }))} onChange={(list) => set({ holiday_list: list })}
          />
          <MultiSelect
            label={t('settings.business_hours.departments')} description={t('settings.business_hours.departments_help')} value={form.departments} error={faultOf('departments')}
            data={departments.map((each) => ({ value: each.id, label: each.name }))} onChange={(ids) => set({ departments: ids })}
          />
          <Switch
            label={t('settings.business_hours.is_usual')} description={t('settings.business_hours.is_usual_help')} checked={form.is_usual} disabled={hours?.is_usual === true}
            onChange={(event) => set({ is_usual: event.currentTarget.checked })}
          />
        </>
      )}
    </FormDialog>
  );
}
