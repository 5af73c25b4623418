import { Button, Checkbox, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { condition, homeOf, useMay, useModule, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { useRecords, useSaveRecord } from '@/records';
import { ErrorState, useFormat, useToast } from '@/ui';
import { dayOf } from '../deals/days';
import { sales_modules } from '../sales_modules';
import { NewRecordDialog } from './NewRecordDialog';
import classes from './Record.module.css';
import { valuesFrom } from './RelatedList';
import type { Relation } from './related';

/** Tasks, meetings and calls of a record, each kind under its heading. */
export function ActivitiesPanel({ relations, record }: { relations: Relation[]; record: RecordData }) {
  return (
    <div className={classes.padded}>
      {relations.map((relation) => <ActivityGroup key={relation.module} relation={relation} record={record} />)}
    </div>
  );
}

function ActivityGroup({ relation: { module: name, field }, record }: { relation: Relation; record: RecordData }) {
  const { t } = useText();
  const module = useModule(name);
  const moduleLabel = useModuleLabel();
  const may_create = useMay('create', name);
  const [is_creating, setCreating] = useState(false);
  const query = useMemo(() => ({ filter: condition(field, 'is', record.id), sort: sales_modules[name].sort }), [field, record.id, name]);
  const list = useRecords(name, query);
  return (
    <section className={classes.group} aria-label={moduleLabel(module)}>
      <div className={classes.groupHead}>
        <h2 className={classes.groupTitle}>{moduleLabel(module)}</h2>
        {may_create && (
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
            {t('records.new', { module: moduleLabel(module, 'one') })}
          </Button>
        )}
      </div>
      {list.is_loading && <Skeleton height={44} />}
      {list.error && <ErrorState error={list.error} onRetry={list.reload} />}
      {!list.is_loading && list.records.length === 0 && !list.error && <p className={classes.dim}>{t(`crm.none.${name}`)}</p>}
      {list.records.length > 0 && (
        <ul className={classes.lines}>{list.records.map((each) => <ActivityLine key={each.id} name={name} activity={each} />)}</ul>
      )}
      {list.has_more && <Button mt="xs" size="compact-sm" variant="subtle" loading={list.is_fetching_more} onClick={list.fetchMore}>{t('ui.load_more')}</Button>}
      <NewRecordDialog module={name} values={valuesFrom(record, field)} is_open={is_creating} onClose={() => setCreating(false)} onCreated={() => list.reload()} />
    </section>
  );
}

/** One activity; a task is ticked off where it stands. */
function ActivityLine({ name, activity }: { name: Relation['module']; activity: RecordData }) {
  const { t } = useText();
  const org = useOrganisation();
  const format = useFormat();
  const toast = useToast();
  const save = useSaveRecord(name);
  const is_done = activity.status === 'completed';
  const due_on = asText(activity.due_on);
  const starts_at = asText(activity.starts_at);
  const ends_at = asText(activity.ends_at);
  const owner = asLinked(activity.owner);
  const is_late = due_on !== null && !is_done && due_on < dayOf(new Date());
  const when = due_on !== null ? format.date(due_on) : starts_at === null ? null : ends_at === null ? format.instant(starts_at) : format.span(starts_at, ends_at);
  const handleTick = () => save.mutate({ id: activity.id, changes: { status: is_done ? 'not_started' : 'completed' } }, { onError: toast.refused });
  return (
    <li className={classes.line} data-done={is_done || undefined}>
      {name === 'tasks' && (
        <Checkbox aria-label={t('activities.done', { subject: activity.title })} checked={is_done} disabled={!activity.may.includes('update') || save.isPending} onChange={handleTick} />
      )}
      <span className={classes.lineWords}>
        <Link to={`${homeOf(org)}/${name}/${activity.id}`}>{activity.title === '' ? t('crm.untitled') : activity.title}</Link>
        <span className={classes.dim}>
          {when !== null && <span className={is_late ? classes.late : undefined}>{is_late ? t('crm.late', { when }) : when}</span>}
          {when !== null && owner !== null && ' · '}
          {owner?.title}
        </span>
      </span>
    </li>
  );
}
