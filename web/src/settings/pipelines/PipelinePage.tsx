import { Button, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronLeft, IconLogout2, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { findField, homeOf, useMeta, useModule, useOrganisation } from '@/api';
import type { Pipeline, Stage } from '@/api';
import { asNames, useChoiceLabel, useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { useRecord } from '@/records';
import { Badge, EmptyState, Page, RowMenu, SimpleTable } from '@/ui';
import type { SimpleColumn, Tone } from '@/ui';
import { EditRow } from '../RowActs';
import { useAct } from '../useAct';
import { ExistingStageDialog } from './ExistingStageDialog';
import classes from './Pipelines.module.css';
import { RetireStageDialog } from './RetireStageDialog';
import { StageDialog } from './StageDialog';
import { usePipelineWrites } from './usePipelineWrites';

type Opened = { is: 'new' } | { is: 'existing' } | { is: 'edit' | 'retire'; stage: Stage };

/** The stages of one pipeline, in their order. */
export function PipelinePage() {
  const { t } = useText();
  const org = useOrganisation();
  const { pipelines } = useMeta();
  const id = useParams().id ?? '';
  const pipeline = pipelines.find((each) => each.id === id);
  const back = (
    <Link className={classes.back} to={`${homeOf(org)}/settings/pipelines`}><IconChevronLeft size={14} aria-hidden="true" />{t('settings.pipelines.title')}</Link>
  );
  if (pipeline === undefined) return <Page title={t('settings.pipelines.title')} before={back}><EmptyState title={t('app.not_found')}>{t('app.not_found_help')}</EmptyState></Page>;
  return <StagesPage key={id} pipeline={pipeline} back={back} />;
}

function StagesPage({ pipeline, back }: { pipeline: Pipeline; back: ReactNode }) {
  const { t } = useText();
  const [opened, setOpened] = useState<Opened | null>(null);
  const known = findField(useModule('pipelines'), 'stages')?.choices ?? [];
  const others = known.filter((choice) => !pipeline.stages.some((stage) => stage.id === choice.name));
  const close = () => setOpened(null);
  return (
    <Page
      title={pipeline.name}
      lead={t('pipelines.stages_lead')}
      before={back}
      actions={
        <>
          {others.length > 0 && <Button variant="default" onClick={() => setOpened({ is: 'existing' })}>{t('pipelines.use_stage')}</Button>}
          <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened({ is: 'new' })}>{t('pipelines.new_stage')}</Button>
        </>
      }
    >
      <StageTable pipeline={pipeline} onOpen={setOpened} />
      {opened?.is === 'new' && <StageDialog pipeline={pipeline} stage={null} onClose={close} />}
      {opened?.is === 'edit' && <StageDialog pipeline={pipeline} stage={opened.stage} onClose={close} />}
      {opened?.is === 'existing' && <ExistingStageDialog pipeline={pipeline} stages={others} onClose={close} />}
      {opened?.is === 'retire' && <RetireStageDialog pipeline={pipeline} stage={opened.stage} onClose={close} />}
    </Page>
  );
}

const tones: Record<Stage['outcome'], Tone> = { open: 'neutral', won: 'good', lost: 'bad' };

function StageTable({ pipeline, onOpen }: { pipeline: Pipeline; onOpen: (opened: Opened) => void }) {
  const { t } = useText();
  const stageName = useStageLabel();
  const choiceLabel = useChoiceLabel();
  const module = useModule('stages');
  const writes = usePipelineWrites();
  const act = useAct();
  /** Order and revision come from one answer: whoever was faster is not overwritten. */
  const record = useRecord('pipelines', pipeline.id).data;
  const order = asNames(record?.stages);
  const stages = order.length === 0 ? pipeline.stages : order.flatMap((id) => pipeline.stages.find((stage) => stage.id === id) ?? []);
  const may_move = order.length === stages.length;
  const labelOf = (name: 'outcome' | 'forecast', value: string | null) => {
    const field = findField(module, name);
    const choice = field?.choices?.find((each) => each.name === value);
    return field && choice ? choiceLabel('stages', field, choice) : '–';
  };
  const handleMove = (from: number, to: number) => {
    const ids = [...order];
    ids.splice(to, 0, ...ids.splice(from, 1));
    void act(() => writes.change('pipelines', pipeline.id, { stages: ids, revision: record?.revision }));
  };
  const columns: SimpleColumn<Stage>[] = [
    { name: 'name', label: t('pipelines.stage'), show: (stage) => stageName(stage.name) },
    { name: 'outcome', label: t('pipelines.outcome'), width: 170, show: (stage) => <Badge tone={tones[stage.outcome]}>{labelOf('outcome', stage.outcome)}</Badge> },
    { name: 'probability', label: t('crm.field.any.probability'), width: 130, show: (stage) => t('pipelines.per_cent', { number: stage.probability }) },
    { name: 'forecast', label: t('crm.field.any.forecast'), width: 170, show: (stage) => labelOf('forecast', stage.forecast) },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (stage) => {
        const at = stages.indexOf(stage);
        return (
          <RowMenu label={t('settings.acts_for', { name: stageName(stage.name) })}>
            <EditRow onClick={() => onOpen({ is: 'edit', stage })} />
            {may_move && at > 0 && <Menu.Item leftSection={<IconArrowUp size={15} />} onClick={() => handleMove(at, at - 1)}>{t('settings.statuses.move_up')}</Menu.Item>}
            {may_move && at < stages.length - 1 && <Menu.Item leftSection={<IconArrowDown size={15} />} onClick={() => handleMove(at, at + 1)}>{t('settings.statuses.move_down')}</Menu.Item>}
            {stages.length > 1 && <Menu.Item leftSection={<IconLogout2 size={15} />} onClick={() => onOpen({ is: 'retire', stage })}>{t('pipelines.retire')}</Menu.Item>}
          </RowMenu>
        );
      },
    },
  ];
  return <SimpleTable label={t('pipelines.stages_of', { name: pipeline.name })} columns={columns} rows={stages} keyOf={(stage) => stage.id} />;
}
