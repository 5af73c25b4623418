import { Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { Filter, Pipeline, RecordData, Stage } from '@/api';
import { linkedId, useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { ErrorState, useFormat } from '@/ui';
import classes from './Board.module.css';
import { mayMove, nextStage } from './stages';
import { StageColumn } from './StageColumn';
import { useBoardInStep, usePlaceCard, useStageSums } from './useDealBoard';
import { useMoveDeal } from './useMoveDeal';

interface DealBoardProps {
  pipeline: Pipeline;
  view: string | null;
  filter: Filter | null;
  words: string | null;
}

/** The deals of a pipeline in a column for each stage. A card is moved by hand, by its menu or by Shift and an arrow. */
export function DealBoard({ pipeline, view, filter, words }: DealBoardProps) {
  const { t } = useText();
  const format = useFormat();
  const stageName = useStageLabel();
  const asked = { pipeline: pipeline.id, view, filter, words };
  const { sums, error, retry } = useStageSums(asked);
  const reload = useBoardInStep();
  const place = usePlaceCard(asked);
  const is_small = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [dragged, setDragged] = useState<RecordData | null>(null);
  const [only, setOnly] = useState(pipeline.stages[0]?.id ?? '');
  const [said, setSaid] = useState('');
  const board = useRef<HTMLDivElement>(null);
  /** The card is drawn anew in the other column; whoever moved it by key goes on from there. */
  const refocus = (deal: RecordData) => window.setTimeout(() => board.current?.querySelector<HTMLElement>(`[data-card="${deal.id}"] a`)?.focus(), 0);
  const { moveTo, dialog } = useMoveDeal({
    onMoving: (deal, stage) => {
      place(deal, stage);
      refocus(deal);
    },
    onMoved: (deal, stage, now) => {
      place(deal, stage, now);
      setSaid(t('crm.deals.moved', { deal: deal.title, stage: stageName(stage.name) }));
    },
    onRefused: reload,
    onKept: refocus,
  });
  const handleStep = (deal: RecordData, step: -1 | 1) => {
    const next = mayMove(deal) ? nextStage(pipeline.stages, linkedId(deal.stage), step) : undefined;
    if (next !== undefined) moveTo(deal, next);
  };
  const countOf = (stage: Stage) => {
    const found = sums.find((each) => each.stage === stage.id);
    return found === undefined ? '' : `${format.number(found.count)}${found.count_is_exact ? '' : '+'}`;
  };
  const shown = is_small ? pipeline.stages.filter((stage) => stage.id === only) : pipeline.stages;
  return (
    <div className={classes.frame} ref={board}>
      {is_small && (
        <Select
          className={classes.choice} aria-label={t('crm.deals.stage')} allowDeselect={false} value={only}
          data={pipeline.stages.map((stage) => ({ value: stage.id, label: `${stageName(stage.name)} (${countOf(stage)})` }))}
          onChange={(id) => id !== null && setOnly(id)}
        />
      )}
      {error !== null && <ErrorState error={error} onRetry={retry} />}
      <p id="deal-board-keys" className="visually-hidden">{t('crm.deals.keys')}</p>
      <div className={classes.board} role="group" tabIndex={0} aria-label={t('lists.board_of', { view: pipeline.name })}>
        {shown.map((stage) => (
          <StageColumn
            key={stage.id}
            stage={stage}
            stages={pipeline.stages}
            sum={sums.find((each) => each.stage === stage.id)}
            count={countOf(stage)}
            asked={asked}
            dragged={dragged}
            onDrag={setDragged}
            onMove={moveTo}
            onStep={handleStep}
          />
        ))}
      </div>
      <p className="visually-hidden" role="status">{said}</p>
      {dialog}
    </div>
  );
}
