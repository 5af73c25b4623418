import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { DragEvent } from 'react';
import { findField, useModule } from '@/api';
import type { RecordData, Stage } from '@/api';
import { asNumber, linkedId, useMoney, useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { useRecords } from '@/records';
import { ErrorState, RowsSkeleton } from '@/ui';
import classes from './Board.module.css';
import { DealCard } from './DealCard';
import { columnQuery } from './useDealBoard';
import type { DealsAsked, StageSum } from './useDealBoard';

interface StageColumnProps {
  stage: Stage;
  stages: Stage[];
  sum: StageSum | undefined;
  count: string;
  asked: DealsAsked;
  /** The card that is on its way over the board. */
  dragged: RecordData | null;
  onDrag: (deal: RecordData | null) => void;
  onMove: (deal: RecordData, stage: Stage) => void;
  onStep: (deal: RecordData, step: -1 | 1) => void;
}

/** The deals on one stage, page after page, and what they come to. */
export function StageColumn({ stage, stages, sum, count, asked, dragged, onDrag, onMove, onStep }: StageColumnProps) {
  const { t } = useText();
  const money = useMoney();
  const name = useStageLabel()(stage.name);
  const scale = findField(useModule('deals'), 'amount')?.scale;
  const { pipeline, view, filter, words } = asked;
  const query = useMemo(() => columnQuery({ pipeline, view, filter, words }, stage.id), [pipeline, view, filter, words, stage.id]);
  const list = useRecords('deals', query);
  const [is_over, setOver] = useState(false);
  const takes = dragged !== null && linkedId(dragged.stage) !== stage.id;
  const show = (value: unknown) => {
    const number = asNumber(value);
    return number === null ? null : `${money(number, scale)}${sum?.count_is_exact === false ? '+' : ''}`;
  };
  const amount = show(sum?.amount);
  const expected = stage.outcome === 'open' ? show(sum?.expected_revenue) : null;
  // A deal that another window moved away stands here until the list is read anew.
  const deals = list.records.filter((deal) => linkedId(deal.stage) === stage.id);
  const handleDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (dragged !== null && takes) onMove(dragged, stage);
    onDrag(null);
  };
  return (
    <section
      className={classes.column}
      aria-label={name}
      data-outcome={stage.outcome}
      data-takes={(takes && is_over) || undefined}
      onDragOver={(event) => {
        if (!takes) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={handleDrop}
    >
      <header className={classes.head}>
        <h2 className={classes.name} title={name}>{name}</h2>
        <span className={classes.count}>{count}</span>
        <span className={classes.sum}>
          {amount !== null && <span>{t('crm.deals.sum', { amount })}</span>}
          {expected !== null && <span>{t('crm.deals.expected', { amount: expected })}</span>}
        </span>
      </header>
      {list.error && <ErrorState error={list.error} onRetry={list.reload} />}
      {list.is_loading && <RowsSkeleton rows={3} />}
      {!list.is_loading && !list.error && (
        <ul className={classes.cards}>
          {deals.map((deal) => <DealCard key={deal.id} deal={deal} stages={stages} scale={scale} onDrag={onDrag} onMove={onMove} onStep={onStep} />)}
          {deals.length === 0 && !list.has_more && <li className={classes.none}>{t('crm.deals.column_empty')}</li>}
          {list.has_more && (
            <li><Button fullWidth variant="subtle" size="compact-sm" loading={list.is_fetching_more} onClick={list.fetchMore}>{t('lists.show_more')}</Button></li>
          )}
        </ul>
      )}
    </section>
  );
}
