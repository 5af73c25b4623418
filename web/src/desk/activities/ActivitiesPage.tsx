import { IconChecklist } from '@tabler/icons-react';
import { useMemo } from 'react';
import { allOf, condition, useMay, useMeta } from '@/api';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { useRecords } from '@/records';
import { EmptyState, ErrorState, Page, RowsSkeleton, Section, useNow } from '@/ui';
import classes from './Activities.module.css';
import { AppointmentList } from './AppointmentList';
import { NewTask } from './NewTask';
import { groupOf, isDone, task_groups } from './task_groups';
import { TaskLine } from './TaskLine';

const open_statuses = ['not_started', 'in_progress', 'waiting', 'deferred'];

/** What I have to do: my open tasks by when they are due, and my appointments. */
export function ActivitiesPage() {
  const { t } = useText();
  const may_read_tasks = useMay('read', 'tasks');
  return (
    <Page title={t('activities.title')} lead={t('activities.lead')} width="read">
      {may_read_tasks && <OpenTasks />}
      <AppointmentList />
    </Page>
  );
}

function OpenTasks() {
  const { t } = useText();
  const { me } = useMeta();
  const may_create = useMay('create', 'tasks');
  const now = useNow();
  const query = useMemo(
    () => ({ filter: allOf([condition('owner', 'is', me.agent_id), condition('status', 'is_one_of', open_statuses)]), sort: 'due_at' }),
    [me.agent_id],
  );
  const list = useRecords('tasks', query);
  const tasks = list.records.filter((task) => !isDone(task));
  const inGroup = (group: string): RecordData[] => tasks.filter((task) => groupOf(task, now) === group);
  return (
    <>
      {may_create && <NewTask />}
      {list.is_loading && <RowsSkeleton rows={4} />}
      {list.error !== null && tasks.length === 0 && <ErrorState error={list.error} onRetry={list.reload} />}
      {!list.is_loading && list.error === null && tasks.length === 0 && (
        <EmptyState icon={<IconChecklist size={22} />} title={t('activities.none')}>{t('activities.none_help')}</EmptyState>
      )}
      {task_groups.filter((group) => inGroup(group).length > 0).map((group) => (
        <Section key={group} title={t(`activities.${group}`)}>
          <ul className={classes.tasks}>
            {inGroup(group).map((task) => <TaskLine key={task.id} task={task} shows_ticket may_change />)}
          </ul>
        </Section>
      ))}
    </>
  );
}
