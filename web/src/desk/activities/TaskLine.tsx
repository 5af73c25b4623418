import { Checkbox, Menu } from '@mantine/core';
import { useState } from 'react';
import { useModule } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText, RecordLink } from '@/fields';
import { useText } from '@/i18n';
import { RecordFormDialog, useDeleteWithUndo, useSaveRecord } from '@/records';
import { RowMenu, useToast } from '@/ui';
import { DueTime } from '../common/DueTime';
import classes from './Activities.module.css';
import { isDone } from './task_groups';

interface TaskLineProps {
  task: RecordData;
  /** Beside its ticket a task need not name it. */
  shows_ticket: boolean;
  may_change: boolean;
}

const asked_fields = ['subject', 'description', 'status', 'priority', 'due_at', 'remind_at', 'owner'];

/** One task: ticked off, opened or deleted where it stands. */
export function TaskLine({ task, shows_ticket, may_change }: TaskLineProps) {
  const { t } = useText();
  const module = useModule('tasks');
  const save = useSaveRecord('tasks');
  const toast = useToast();
  const deleteTask = useDeleteWithUndo('tasks');
  const [is_editing, setEditing] = useState(false);
  const done = isDone(task);
  const ticket = asLinked(task.ticket);
  const owner = asLinked(task.owner);
  const due_at = asText(task.due_at);
  const may_write = may_change && task.may.includes('update');
  const handleTick = () => save.mutate({ id: task.id, changes: { status: done ? 'not_started' : 'completed' } }, { onError: toast.refused });
  return (
    <li className={classes.task} data-done={done || undefined}>
      <Checkbox aria-label={t('activities.done', { subject: task.title })} checked={done} disabled={!may_write || save.isPending} onChange={handleTick} />
      <span className={classes.words}>
        <span className={classes.subject}>{task.title}</span>
        <span className={classes.facts}>
          {due_at !== null && !done && <DueTime at={due_at} />}
          {owner !== null && <span>{owner.title}</span>}
          {shows_ticket && ticket !== null && <RecordLink module="tickets" id={ticket.id}>{ticket.title}</RecordLink>}
        </span>
      </span>
      {may_write && (
        <RowMenu label={t('activities.acts_of', { subject: task.title })}>
          <Menu.Item onClick={() => setEditing(true)}>{t('ui.edit')}</Menu.Item>
          {task.may.includes('delete') && <Menu.Item onClick={() => void deleteTask(task)}>{t('ui.delete')}</Menu.Item>}
        </RowMenu>
      )}
      {is_editing && (
        <RecordFormDialog
          module={module} title={t('activities.edit_task')} fields={asked_fields} record={task} is_open submit_label={t('ui.save')}
          onClose={() => setEditing(false)}
        />
      )}
    </li>
  );
}
