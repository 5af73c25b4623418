import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { allOf, condition, useMeta, useModule } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText, RecordLink } from '@/fields';
import { useText } from '@/i18n';
import { RecordFormDialog, useCreateRecord, useDeleteWithUndo, useRecords } from '@/records';
import { RowMenu, Section, useFormat } from '@/ui';
import classes from './Activities.module.css';

const asked_fields = ['subject', 'starts_at', 'ends_at', 'place', 'description', 'remind_at', 'owner', 'ticket'];

/** My appointments that are not over, the next one first. */
export function AppointmentList() {
  const { modules } = useMeta();
  const may = modules.find((module) => module.name === 'appointments')?.may ?? [];
  return may.includes('read') ? <Appointments may_create={may.includes('create')} /> : null;
}

function Appointments({ may_create }: { may_create: boolean }) {
  const { t } = useText();
  const { me } = useMeta();
  const module = useModule('appointments');
  const create = useCreateRecord('appointments');
  const [asked, setAsked] = useState<RecordData | 'new' | null>(null);
  const query = useMemo(
    () => ({ filter: allOf([condition('owner', 'is', me.agent_id), condition('ends_at', 'after', 'now')]), sort: 'starts_at' }),
    [me.agent_id],
  );
  const list = useRecords('appointments', query);
  const add = may_create && (
    <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setAsked('new')}>{t('activities.new_appointment')}</Button>
  );
  return (
    <Section title={t('activities.appointments')} actions={add}>
      {list.records.length === 0 && !list.is_loading && <p className={classes.none}>{t('activities.no_appointments')}</p>}
      <ul className={classes.tasks}>
        {list.records.map((each) => <AppointmentLine key={each.id} appointment={each} onEdit={() => setAsked(each)} />)}
      </ul>
      {asked !== null && (
        <RecordFormDialog
          module={module} title={t(asked === 'new' ? 'activities.new_appointment' : 'activities.edit_appointment')} fields={asked_fields} is_open
          submit_label={t('ui.save')} onClose={() => setAsked(null)}
          {...(asked === 'new' ? { onSubmit: (values: Record<string, unknown>) => create.mutateAsync(values) } : { record: asked })}
        />
      )}
    </Section>
  );
}

function AppointmentLine({ appointment, onEdit }: { appointment: RecordData; onEdit: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const deleteAppointment = useDeleteWithUndo('appointments');
  const ticket = asLinked(appointment.ticket);
  const place = asText(appointment.place);
  const [starts_at, ends_at] = [asText(appointment.starts_at), asText(appointment.ends_at)];
  return (
    <li className={classes.task}>
      <span className={classes.words}>
        <span className={classes.subject}>{appointment.title}</span>
        <span className={classes.facts}>
          {starts_at !== null && ends_at !== null && <span>{format.span(starts_at, ends_at)}</span>}
          {place !== null && place !== '' && <span>{place}</span>}
          {ticket !== null && <RecordLink module="tickets" id={ticket.id}>{ticket.title}</RecordLink>}
        </span>
      </span>
      {appointment.may.includes('update') && (
        <RowMenu label={t('activities.acts_of', { subject: appointment.title })}>
          <Menu.Item onClick={onEdit}>{t('ui.edit')}</Menu.Item>
          {appointment.may.includes('delete') && <Menu.Item onClick={() => void deleteAppointment(appointment)}>{t('ui.delete')}</Menu.Item>}
        </RowMenu>
      )}
    </li>
  );
}
