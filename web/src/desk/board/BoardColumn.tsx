import { Button } from '@mantine/core';
import type { DragEvent } from 'react';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { PendingNotice, useRecords } from '@/records';
import type { ListQuery } from '@/records';
import { ErrorState, RowsSkeleton, StatusBadge } from '@/ui';
import type { StatusWords } from '../common/useStatuses';
import classes from './Board.module.css';
import { BoardCard } from './BoardCard';

interface BoardColumnProps {
  status: StatusWords;
  count: string;
  query: ListQuery;
  hrefOf: (ticket: RecordData) => string;
  /** The card that is on its way over the board. */
  dragged: RecordData | null;
  /** It may be put down here. */
  takes: boolean;
  is_first: boolean;
  onDrag: (ticket: RecordData | null) => void;
  onMove: (ticket: RecordData, status: string) => void;
  onReload: () => void;
}

/** The tickets of one status, page after page. */
export function BoardColumn({ status, count, query, hrefOf, dragged, takes, is_first, onDrag, onMove, onReload }: BoardColumnProps) {
  const { t } = useText();
  const list = useRecords('tickets', query);
  const handleDrop = (event: DragEvent) => {
    event.preventDefault();
    if (dragged !== null && takes) onMove(dragged, status.name);
    onDrag(null);
  };
  return (
    <section
      className={classes.column}
      aria-label={status.label}
      data-takes={takes || undefined}
      data-refuses={(dragged !== null && !takes && dragged.status !== status.name) || undefined}
      onDragOver={(event) => takes && event.preventDefault()}
      onDrop={handleDrop}
    >
      <h2 className={classes.head}>
        <StatusBadge label={status.label} type={status.type} look="plain" />
        <span className={classes.count}>{count}</span>
      </h2>
      {is_first && <PendingNotice list={{ ...list, reload: onReload }} />}
      {list.error && <ErrorState error={list.error} onRetry={list.reload} />}
      {list.is_loading && <RowsSkeleton rows={4} />}
      {!list.is_loading && !list.error && (
        <ul className={classes.cards}>
          {list.records.map((ticket) => (
            <BoardCard key={ticket.id} ticket={ticket} href={hrefOf(ticket)} onDrag={onDrag} onMove={onMove} />
          ))}
          {list.records.length === 0 && !list.has_more && <li className={classes.none}>{t('lists.column_empty')}</li>}
          {list.has_more && (
            <li>
              <Button fullWidth variant="subtle" size="compact-sm" loading={list.is_fetching_more} onClick={list.fetchMore}>{t('lists.show_more')}</Button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
