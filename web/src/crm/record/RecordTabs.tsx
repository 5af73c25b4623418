import { Tabs } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useMeta } from '@/api';
import type { RecordData } from '@/api';
import { useFieldLabel, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { HistoryList } from '@/records';
import type { SalesModuleName } from '../sales_modules';
import { ActivitiesPanel } from './ActivitiesPanel';
import { FilesPanel } from './FilesPanel';
import { useHistoryWords } from './history_words';
import { joinedListsOf, useJoinLabel } from './joined';
import { JoinedPanel } from './JoinedPanel';
import { NotesPanel } from './NotesPanel';
import classes from './Record.module.css';
import { RelatedList } from './RelatedList';
import { useRelations } from './related';
import type { Relation } from './related';

/** What belongs to a record, a tab for each kind. The tab stands in the address. */
export function RecordTabs({ name, record }: { name: SalesModuleName; record: RecordData }) {
  const { t } = useText();
  const { lists, activities, note_field, file_field } = useRelations(name);
  const labelOf = useRelationLabel(name, lists);
  const joined = joinedListsOf(name, useMeta().joins);
  const joinLabel = useJoinLabel();
  const words = useHistoryWords();
  const [address, setAddress] = useSearchParams();
  const tabs = [
    ...lists.map((relation) => ({ value: keyOf(relation), label: labelOf(relation), panel: <RelatedList relation={relation} record={record} /> })),
    ...(activities.length > 0 ? [{ value: 'activities', label: t('crm.activities'), panel: <ActivitiesPanel relations={activities} record={record} /> }] : []),
    ...joined.map((join) => ({ value: `joined.${join.list}`, label: joinLabel(join), panel: <JoinedPanel key={join.list} record={record} join={join} /> })),
    ...(note_field !== null ? [{ value: 'notes', label: t('crm.notes.title'), panel: <NotesPanel field={note_field} record={record} /> }] : []),
    ...(file_field !== null ? [{ value: 'files', label: t('crm.files.title'), panel: <FilesPanel field={file_field} record={record} /> }] : []),
    {
      value: 'history', label: t('desk.history'),
      panel: <div className={classes.padded}><HistoryList module={name} id={record.id} words={words} /></div>,
    },
  ];
  const first = tabs[0]?.value ?? 'history';
  const asked = address.get('tab') ?? first;
  const chosen = tabs.some((tab) => tab.value === asked) ? asked : first;
  return (
    <Tabs value={chosen} onChange={(next) => setAddress(next === null || next === first ? {} : { tab: next }, { replace: true })} keepMounted={false} className={classes.tabs}>
      <Tabs.List className={classes.tabList}>
        {tabs.map(({ value, label }) => <Tabs.Tab key={value} value={value}>{label}</Tabs.Tab>)}
      </Tabs.List>
      {tabs.map(({ value, panel }) => <Tabs.Panel key={value} value={value} className={classes.panel}>{panel}</Tabs.Panel>)}
    </Tabs>
  );
}

function keyOf({ module, field }: Relation): string {
  return `${module}.${field}`;
}

/** The module's name; among its own kind, or where two fields name this record, the field's as well. */
function useRelationLabel(name: SalesModuleName, lists: Relation[]): (relation: Relation) => string {
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const fieldLabel = useFieldLabel();
  return (relation) => {
    const module = modules.find((each) => each.name === relation.module);
    const field = module?.fields.find((each) => each.name === relation.field);
    if (module === undefined || field === undefined) return relation.module;
    const is_one_of_several = relation.module === name || lists.filter((each) => each.module === relation.module).length > 1;
    return is_one_of_several ? `${moduleLabel(module)} · ${fieldLabel(module.name, field)}` : moduleLabel(module);
  };
}
