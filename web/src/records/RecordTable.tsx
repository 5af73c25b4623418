import { Checkbox, Loader } from '@mantine/core';
import { useElementSize, useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useText } from '@/i18n';
import { ErrorState, RowsSkeleton } from '@/ui';
import { useSession } from '@/api';
import type { RecordData } from '@/api';
import type { Column } from './columns';
import { PendingNotice } from './PendingNotice';
import { RecordCard } from './RecordCard';
import { RecordRow } from './RecordRow';
import { SortHeader } from './SortHeader';
import classes from './RecordTable.module.css';
import { useListKeys } from './useListKeys';
import { useListPlace } from './useListPlace';
import type { Records } from './useRecordPages';
import type { Selection } from './useSelection';

export interface RecordTableProps {
  label: string;
  list: Records;
  columns: Column[];
  /** The address of a record: rows are links, so that they open in a new tab too. */
  hrefOf: (record: RecordData) => string;
  selection?: Selection;
  sort: string | null;
  onSort: (sort: string) => void;
  /** Shown when there is no row. */
  empty: ReactNode;
  /** What can be done with one row, behind its last cell. */
  acts?: (record: RecordData) => ReactNode;
  /** For a small screen; without it the first columns are stacked. */
  card?: (record: RecordData) => ReactNode;
  /** Two lines in a row. */
  tall?: true;
}

const rows_ahead = 8;
const tick_width = 40;
const acts_width = 48;

/** A list of any length: only what is seen is drawn; j, k, x, o and Enter move, choose and open. */
export function RecordTable(props: RecordTableProps) {
  const { list, columns, selection, acts, hrefOf, sort, onSort } = props;
  const { t } = useText();
  const is_small = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const scroll = useRef<HTMLDivElement>(null);
  const { ref: measure, width: available } = useElementSize();
  const row_height = useRowHeight(is_small ? (props.tall ? 'tall_card' : 'card') : props.tall ? 'tall' : 'normal');
  const place = useListPlace(props.label);
  const rows = useVirtualizer({
    count: list.records.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => row_height,
    overscan: rows_ahead,
    initialOffset: place.recall,
    getItemKey: (index) => list.records[index]?.id ?? index,
  });
  useEffect(() => rows.measure(), [rows, row_height]);
  const { active_id } = useListKeys({
    records: list.records, hrefOf, selection, onReveal: (index) => rows.scrollToIndex(index),
  });
  const drawn = rows.getVirtualItems();
  const last_drawn = drawn[drawn.length - 1]?.index ?? 0;
  const { fetchMore } = list;
  // Asked again after each page: one may have brought nothing, and the list still goes on.
  useEffect(() => {
    if (list.has_more && !list.is_fetching_more && last_drawn >= list.records.length - rows_ahead * 2) fetchMore();
  }, [last_drawn, list.records.length, list.has_more, list.is_fetching_more, fetchMore]);
  const keepOnly = selection?.keepOnly;
  useEffect(() => keepOnly?.(list.records.map((record) => record.id)), [keepOnly, list.records]);

  if (list.error) return <ErrorState error={list.error} onRetry={list.reload} />;
  if (list.is_loading || (list.records.length === 0 && list.has_more)) return <RowsSkeleton rows={12} />;
  if (list.records.length === 0)
    return <><PendingNotice list={list} />{props.empty}</>;

  const wanted = columns.reduce((sum, column) => sum + column.width, 0) + (selection ? tick_width : 0) + (acts ? acts_width : 0);
  const template = `${selection ? `${tick_width}px ` : ''}${columns
    .map((column) => (column.grow ? `minmax(${column.width}px, 1fr)` : `${column.width}px`))
    .join(' ')}${acts ? ` ${acts_width}px` : ''}`;
  const ids = list.records.map((record) => record.id);
  return (
    <div className={classes.frame} ref={measure} data-stale={list.is_stale || undefined}>
      <PendingNotice list={list} />
      <div
        className={classes.scroll}
        ref={scroll}
        role="table"
        aria-label={props.label}
        aria-rowcount={list.count_is_exact && list.count !== null ? list.count + 1 : -1}
        tabIndex={0}
        onScroll={(event) => place.note(event.currentTarget.scrollTop)}
      >
        {!is_small && (
          <div
            className={classes.head}
            role="row"
            aria-rowindex={1}
            style={{ gridTemplateColumns: template, minWidth: Math.max(wanted, available) }}
          >
            {selection && (
              <div role="columnheader" className={classes.tick}>
                <Checkbox
                  aria-label={t('records.select_all')}
                  checked={ids.every((id) => selection.ids.has(id))}
                  indeterminate={selection.ids.size > 0 && !ids.every((id) => selection.ids.has(id))}
                  onChange={() => selection.toggleAll(ids)}
                />
              </div>
            )}
            {columns.map((column) => <SortHeader key={column.name} column={column} sort={sort} onSort={onSort} />)}
            {acts && <div role="cell" />}
          </div>
        )}
        <div role="rowgroup" className={classes.rows} style={{ height: rows.getTotalSize(), minWidth: is_small ? undefined : wanted }}>
          {drawn.map((item) => {
            const record = list.records[item.index];
            if (!record) return null;
            const shared = {
              record, columns, selection, acts, order: ids, href: hrefOf(record),
              row_index: item.index + 2, is_active: active_id === record.id,
              style: { transform: `translateY(${item.start}px)`, height: item.size },
            };
            return is_small
              ? <RecordCard key={item.key} {...shared}>{props.card?.(record)}</RecordCard>
              : <RecordRow key={item.key} {...shared} template={template} />;
          })}
        </div>
        {list.is_fetching_more && <div className={classes.more}><Loader size="xs" /></div>}
      </div>
    </div>
  );
}

function useRowHeight(shape: 'normal' | 'tall' | 'card' | 'tall_card'): number {
  const is_compact = useSession().person.density === 'compact';
  if (shape === 'card') return 84;
  if (shape === 'tall_card') return 108;
  if (shape === 'tall') return is_compact ? 48 : 60;
  return is_compact ? 34 : 44;
}
