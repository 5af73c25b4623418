import { useMemo } from 'react';
import { condition, useMeta } from '@/api';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { useRecords } from '@/records';
import classes from './Activities.module.css';
import { NewTask } from './NewTask';
import { isDone } from './task_groups';
import { TaskLine } from './TaskLine';

/** The tasks of a ticket, open ones first. Nothing where the role reads no tasks. */
export function TicketTasks({ ticket }: { ticket: RecordData }) {
  const { modules } = useMeta();
  const may = modules.find((module) => module.name === 'tasks')?.may ?? [];
  return may.includes('read') ? <TaskList ticket={ticket} may_create={may.includes('create')} /> : null;
}

function TaskList({ ticket, may_create }: { ticket: RecordData; may_create: boolean }) {
  const { t } = useText();
  const query = useMemo(() => ({ filter: condition('ticket', 'is', ticket.id), sort: 'due_at' }), [ticket.id]);
  const list = useRecords('tasks', query);
  const may_plan = ticket.may.includes('plan');
  const tasks = [...list.records.filter((task) => !isDone(task)), ...list.records.filter(isDone)];
  if (tasks.length === 0 && !(may_plan && may_create)) return null;
  return (
    <section className={classes.card} aria-label={t('activities.tasks')}>
      <h2 className={classes.title}>{t('activities.tasks')}</h2>
      {tasks.length > 0 && (
        <ul className={classes.tasks}>
          {tasks.map((task) => <TaskLine key={task.id} task={task} shows_ticket={false} may_change={may_plan} />)}
        </ul>
      )}
      {may_plan && may_create && <NewTask ticket={ticket.id} />}
    </section>
  );
}
