import { Button, Menu } from '@mantine/core';
import { IconPlus, IconStar } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { homeOf, useApp, useMeta, useModule, useOrganisation } from '@/api';
import type { Pipeline } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { Badge, EmptyState, Page, RowMenu, SimpleTable, useConfirm } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { DeleteRow, EditRow } from '../RowActs';
import classes from '../Settings.module.css';
import { useAct } from '../useAct';
import { LooseStages } from './LooseStages';
import { PipelineDialog } from './PipelineDialog';
import { TeamPipelines } from './TeamPipelines';
import { usePipelineWrites } from './usePipelineWrites';

/** The ways that deals may go. In Bigin each belongs to a team pipeline. */
export function PipelinesPage() {
  const { t } = useText();
  const is_bigin = useApp() === 'bigin';
  const label = useModuleLabel()(useModule('pipelines'), 'one');
  const { pipelines } = useMeta();
  const [edited, setEdited] = useState<Pipeline | 'new' | null>(null);
  return (
    <Page
      title={t('settings.pipelines.title')}
      lead={t('settings.pipelines.lead')}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('records.new', { module: label })}</Button>}
    >
      {pipelines.length === 0
        ? <EmptyState title={t('crm.deals.no_pipeline')}>{t('pipelines.none_help')}</EmptyState>
        : <PipelineTable onEdit={setEdited} />}
      {is_bigin && <TeamPipelines />}
      <LooseStages />
      {edited !== null && <PipelineDialog pipeline={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  );
}

function PipelineTable({ onEdit }: { onEdit: (pipeline: Pipeline) => void }) {
  const { t } = useText();
  const org = useOrganisation();
  const { pipelines, team_pipelines } = useMeta();
  const moduleLabel = useModuleLabel();
  const module = useModule('pipelines');
  const writes = usePipelineWrites();
  const act = useAct();
  const confirm = useConfirm();
  const teamOf = ({ team_pipeline }: Pipeline) => team_pipelines.find((each) => each.id === team_pipeline)?.name ?? '';
  const handleDelete = async (pipeline: Pipeline) => {
    const is_sure = await confirm({ title: t('pipelines.delete_title', { name: pipeline.name }), body: t('pipelines.delete_help'), confirm: t('ui.delete') });
    if (is_sure) await act(() => writes.remove('pipelines', pipeline.id));
  };
  const columns: SimpleColumn<Pipeline>[] = [
    {
      name: 'name', label: t('pipelines.name'),
      show: (pipeline) => (
        <span className={classes.name}>
          <Link className={classes.nameMain} to={`${homeOf(org)}/settings/pipelines/${pipeline.id}`}>{pipeline.name}</Link>
          {pipeline.is_default && <Badge tone="accent">{t('pipelines.default')}</Badge>}
        </span>
      ),
    },
    ...(team_pipelines.length > 1 ? [{ name: 'team', label: t('pipelines.team'), show: teamOf }] : []),
    { name: 'stages', label: t('pipelines.stages'), width: 110, show: (pipeline) => pipeline.stages.length },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (pipeline) => (
        <RowMenu label={t('settings.acts_for', { name: pipeline.name })}>
          <EditRow onClick={() => onEdit(pipeline)} />
          {!pipeline.is_default && (
            <Menu.Item leftSection={<IconStar size={15} />} onClick={() => void act(() => writes.change('pipelines', pipeline.id, { is_default: true }), t('ui.saved'))}>
              {t('pipelines.make_default')}
            </Menu.Item>
          )}
          {!pipeline.is_default && <DeleteRow onClick={() => void handleDelete(pipeline)} />}
        </RowMenu>
      ),
    },
  ];
  return <SimpleTable label={moduleLabel(module)} columns={columns} rows={pipelines} keyOf={(pipeline) => pipeline.id} />;
}
