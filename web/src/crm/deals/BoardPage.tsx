import { Button, Select } from '@mantine/core';
import { IconFilter, IconPlus, IconTargetArrow } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { homeOf, useMay, useMeta, useModule, useOrganisation } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { ListFilter, ListSearch, useListState, ViewMenus } from '@/records';
import { EmptyState, Page, useCommands } from '@/ui';
import { usual_view, useSalesViews } from '../list/useSalesViews';
import { NewRecordDialog } from '../record/NewRecordDialog';
import { DealBoard } from './DealBoard';
import { defaultPipeline } from './stages';

/** The board of one pipeline; which one stands in the address. */
export function BoardPage({ shapes }: { shapes: ReactNode }) {
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const module = useModule('deals');
  const moduleLabel = useModuleLabel();
  const { pipelines, team_pipelines } = useMeta();
  const may_create = useMay('create', 'deals');
  const { query, set } = useListState();
  const [address, setAddress] = useSearchParams();
  const [is_creating, setCreating] = useState(false);
  const views = useSalesViews({ module: 'deals', chosen: query.view ?? usual_view, is_list_shape: false, onShow: (view) => set({ view, sort: null }) });
  const pipeline = pipelines.find((each) => each.id === address.get('pipeline')) ?? defaultPipeline(pipelines);
  const new_label = t('records.new', { module: moduleLabel(module, 'one') });
  useCommands([
    ...(may_create ? [{ id: 'record.new', label: new_label, group: t('shortcuts.group_list'), keys: 'c', icon: <IconPlus size={16} />, run: () => setCreating(true) }] : []),
    { id: 'view.new', label: t('views.new'), group: t('shortcuts.group_list'), icon: <IconFilter size={16} />, run: () => views.acts.create() },
  ]);
  const groups = team_pipelines.map((team) => ({
    group: team.name, items: pipelines.filter((each) => each.team_pipeline === team.id).map((each) => ({ value: each.id, label: each.name })),
  }));
  const choosePipeline = (id: string | null) => {
    if (id === null) return;
    const next = new URLSearchParams(address);
    next.set('pipeline', id);
    setAddress(next);
  };
  return (
    <Page
      title={moduleLabel(module)}
      width="full"
      actions={
        <>
          {shapes}
          {pipelines.length > 1 && (
            <Select
              aria-label={t('crm.deals.pipeline')} allowDeselect={false} w={{ base: '100%', sm: 220 }} value={pipeline?.id ?? null} onChange={choosePipeline}
              data={team_pipelines.length > 1 ? groups : pipelines.map((each) => ({ value: each.id, label: each.name }))}
            />
          )}
          <ListSearch label={t('records.search_in', { module: moduleLabel(module, 'within') })} words={query.words ?? null} onSearch={(words) => set({ words })} />
          <ListFilter module="deals" filter={query.filter ?? null} onFilter={(filter) => set({ filter })} />
          {may_create && <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>{new_label}</Button>}
        </>
      }
    >
      <ViewMenus module="deals" views={views.all} acts={views.acts} chosen={views.chosen} nameOf={views.nameOf} onView={views.show} />
      {pipeline === undefined
        ? <EmptyState icon={<IconTargetArrow size={22} />} title={t('crm.deals.no_pipeline')}>{t('crm.deals.no_pipeline_help')}</EmptyState>
        : <DealBoard key={pipeline.id} pipeline={pipeline} view={query.view ?? null} filter={query.filter ?? null} words={query.words ?? null} />}
      {views.acts.dialog}
      <NewRecordDialog
        module="deals"
        values={pipeline?.stages[0] === undefined ? {} : {
          pipeline: { id: pipeline.id, title: pipeline.name }, stage: { id: pipeline.stages[0].id, title: pipeline.stages[0].name },
        }}
        is_open={is_creating}
        onClose={() => setCreating(false)}
        onCreated={(record) => void navigate(`${homeOf(org)}/deals/${record.id}`)}
      />
    </Page>
  );
}
