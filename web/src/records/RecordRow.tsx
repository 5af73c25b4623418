import { Checkbox } from '@mantine/core';
import type { CSSProperties, MouseEvent as ReactMouseEvent, ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useText } from '@/i18n';
import type { RecordData } from '@/api';
import type { Column } from './columns';
import classes from './RecordTable.module.css';
import type { Selection } from './useSelection';

export interface RowProps {
  record: RecordData;
  columns: Column[];
  selection: Selection | undefined;
  acts: ((record: RecordData) => ReactNode) | undefined;
  /** The ids of all rows, for choosing a range with Shift. */
  order: string[];
  href: string;
  row_index: number;
  is_active: boolean;
  style: CSSProperties;
}

export function RecordRow(props: RowProps & { template: string }) {
  const { record, columns, selection, acts, order, href, row_index, is_active, style, template } = props;
  const { t } = useText();
  const navigate = useNavigate();
  const is_selected = selection?.ids.has(record.id) ?? false;
  const handleClick = (event: ReactMouseEvent<HTMLDivElement>) => {
    if (event.defaultPrevented || !(event.target instanceof Element)) return;
    // A menu of the row stands elsewhere in the page, and its clicks come by here.
    if (!event.currentTarget.contains(event.target) || event.target.closest('a, button, input, label') !== null) return;
    if (window.getSelection()?.toString()) return;
    if (event.ctrlKey || event.metaKey) window.open(href, '_blank', 'noopener');
    else void navigate(href);
  };
  return (
    <div
      role="row"
      aria-rowindex={row_index}
      aria-selected={selection ? is_selected : undefined}
      className={classes.row}
      data-active={is_active || undefined}
      data-selected={is_selected || undefined}
      style={{ ...style, gridTemplateColumns: template }}
      onClick={handleClick}
    >
      {selection && (
        <div role="cell" className={classes.tick}>
          <Checkbox
            aria-label={t('records.select_one', { title: record.title })}
            checked={is_selected}
            onChange={(event) => {
              const native: Event = event.nativeEvent;
              if (native instanceof MouseEvent && native.shiftKey) selection.extendTo(record.id, order);
              else selection.toggle(record.id);
            }}
          />
        </div>
      )}
      {columns.map((column, index) => (
        <div key={column.name} role="cell" className={classes.cell} data-align={column.align}>
          {index === 0 ? <Link className={classes.title} to={href}>{column.show(record)}</Link> : column.show(record)}
        </div>
      ))}
      {acts && <div role="cell" className={classes.acts}>{acts(record)}</div>}
    </div>
  );
}
