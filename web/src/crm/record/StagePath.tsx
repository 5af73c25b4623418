import { UnstyledButton } from '@mantine/core';
import { useMeta } from '@/api';
import type { RecordData } from '@/api';
import { linkedId, useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { mayMove, pipelineOf } from '../deals/stages';
import { useMoveDeal } from '../deals/useMoveDeal';
import classes from './Record.module.css';

/** Where a deal stands on its way. A pressed stage becomes its own; won and lost are asked first. */
export function StagePath({ deal }: { deal: RecordData }) {
  const { t } = useText();
  const { pipelines } = useMeta();
  const stageName = useStageLabel();
  const { moveTo, dialog } = useMoveDeal();
  const stages = pipelineOf(pipelines, deal)?.stages ?? [];
  const here = stages.findIndex((stage) => stage.id === linkedId(deal.stage));
  const may_move = mayMove(deal);
  if (stages.length === 0) return null;
  return (
    <>
      <ol className={classes.path} aria-label={t('crm.deals.path')} tabIndex={0}>
        {stages.map((stage, at) => (
          <li key={stage.id} className={classes.step}>
            <UnstyledButton
              className={classes.stepButton}
              aria-current={at === here ? 'step' : undefined}
              aria-disabled={at === here || !may_move || undefined}
              data-past={(at < here && stages[here]?.outcome === 'open') || undefined}
              data-here={at === here ? stage.outcome : undefined}
              onClick={() => at !== here && may_move && moveTo(deal, stage)}
            >
              {stageName(stage.name)}
            </UnstyledButton>
          </li>
        ))}
      </ol>
      {dialog}
    </>
  );
}
