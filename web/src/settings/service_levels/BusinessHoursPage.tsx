import { Button } from '@mantine/core';
import { IconCalendarOff, IconClock, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { BusinessHours, HolidayList } from '@/api';
import { useText } from '@/i18n';
import { Badge, EmptyState, RowMenu, Section, SimpleTable, useFormat } from '@/ui';
import type { SimpleColumn } from '@/ui';
import settings_classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useSettingsQuery } from '../useSettings';
import { HolidayDialog } from './HolidayDialog';
import { HoursDialog } from './HoursDialog';
import classes from './ServiceLevels.module.css';
import { weekWords } from './week_form';
import { DeleteRow, EditRow } from '../RowActs';
import { useDelete } from '../useDelete';

/** When the organisation works, and on which days it does not. */
export function BusinessHoursPage() {
  const { t } = useText();
  const hours = useSettingsQuery<{ business_hours: BusinessHours[] }>('business_hours');
  const lists = useSettingsQuery<{ holiday_lists: HolidayList[] }>('holiday_lists');
  const all_lists = lists.data?.holiday_lists ?? [];
  const [edited, setEdited] = useState<BusinessHours | 'new' | null>(null);
  const [edited_list, setEditedList] = useState<HolidayList | 'new' | null>(null);
  return (
    <SettingsPage
      name="business_hours"
      query={hours}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('settings.business_hours.add')}</Button>}
    >
      {(data) => (
        <div className={classes.parts}>
          {data.business_hours.length === 0
            ? <EmptyState icon={<IconClock size={22} />} title={t('settings.business_hours.empty')}>{t('settings.business_hours.empty_help')}</EmptyState>
            : <HoursTable all={data.business_hours} onEdit={setEdited} />}
          <Section
            title={t('settings.business_hours.lists')} lead={t('settings.business_hours.lists_help')}
            actions={<Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setEditedList('new')}>{t('settings.business_hours.add_list')}</Button>}
          >
            {all_lists.length === 0
              ? <EmptyState icon={<IconCalendarOff size={22} />} title={t('settings.business_hours.no_list')} />
              : <ListTable all={all_lists} onEdit={setEditedList} />}
          </Section>
          {edited !== null && <HoursDialog hours={edited === 'new' ? null : edited} lists={all_lists} onClose={() => setEdited(null)} />}
          {edited_list !== null && <HolidayDialog list={edited_list === 'new' ? null : edited_list} onClose={() => setEditedList(null)} />}
        </div>
      )}
    </SettingsPage>
  );
}

function HoursTable({ all, onEdit }: { all: BusinessHours[]; onEdit: (hours: BusinessHours) => void }) {
  const { t } = useText();
  const { locale, series } = useFormat();
  const deleteAt = useDelete('business_hours');
  const handleDelete = (hours: BusinessHours) => deleteAt(`business_hours/${hours.id}`, { title: t('settings.business_hours.delete_title', { name: hours.name }), body: t('settings.business_hours.delete_help') });
  const columns: SimpleColumn<BusinessHours>[] = [
    {
      name: 'name', label: t('settings.business_hours.name'),
      show: (hours) => (
        <span className={settings_classes.nameWords}>
          <span className={settings_classes.nameMain}>{hours.name} {hours.is_usual && <Badge>{t('settings.business_hours.usual')}</Badge>}</span>
          <span className={settings_classes.nameMore}>{weekWords(hours, locale)}</span>
        </span>
      ),
    },
    { name: 'time_zone', label: t('settings.business_hours.time_zone'), width: 180, show: (hours) => hours.time_zone },
    { name: 'departments', label: t('settings.business_hours.departments'), width: 200, show: (hours) => series(hours.departments.map((each) => each.title)) },
    { name: 'acts', label: '', kind: 'acts', width: 48, show: (hours) => <Acts named={hours} onEdit={() => onEdit(hours)} onDelete={() => handleDelete(hours)} /> },
  ];
  return <SimpleTable label={t('settings.business_hours.title')} columns={columns} rows={all} keyOf={(hours) => hours.id} />;
}

function ListTable({ all, onEdit }: { all: HolidayList[]; onEdit: (list: HolidayList) => void }) {
  const { t } = useText();
  const deleteAt = useDelete('holiday_lists');
  const handleDelete = (list: HolidayList) => deleteAt(`holiday_lists/${list.id}`, { title: t('settings.business_hours.delete_title', { name: list.name }), body: t('settings.business_hours.delete_help') });
  const columns: SimpleColumn<HolidayList>[] = [
    { name: 'name', label: t('settings.business_hours.name'), show: (list) => list.name },
    { name: 'days', label: t('settings.business_hours.days'), width: 140, show: (list) => list.days.length },
    { name: 'acts', label: '', kind: 'acts', width: 48, show: (list) => <Acts named={list} onEdit={() => onEdit(list)} onDelete={() => handleDelete(list)} /> },
  ];
  return <SimpleTable label={t('settings.business_hours.lists')} columns={columns} rows={all} keyOf={(list) => list.id} />;
}

function Acts({ named, onEdit, onDelete }: { named: { name: string }; onEdit: () => void; onDelete: () => Promise<void> }) {
  const { t } = useText();
  return (
    <RowMenu label={t('settings.acts_for', { name: named.name })}>
      <EditRow onClick={onEdit} />
      <DeleteRow onClick={() => void onDelete()} />
    </RowMenu>
  );
}
