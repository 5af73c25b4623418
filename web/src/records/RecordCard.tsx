import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '@/i18n';
import type { RowProps } from './RecordRow';
import classes from './RecordTable.module.css';

const facts_max = 2;

/** A row on a small screen. */
export function RecordCard({ record, columns, selection, acts, href, row_index, is_active, style, children }: RowProps & { children?: ReactNode }) {
  const { t } = useText();
  const facts = columns.slice(1).filter((column) => column.isEmpty?.(record) !== true).slice(0, facts_max);
  return (
    <div role="row" aria-rowindex={row_index} className={classes.card} data-active={is_active || undefined} style={style}>
      {selection && (
        <div role="cell" className={classes.tick}>
          <Checkbox
            aria-label={t('records.select_one', { title: record.title })}
            checked={selection.ids.has(record.id)}
            onChange={() => selection.toggle(record.id)}
          />
        </div>
      )}
      <div role="cell" className={classes.cardBody}>
        {children ?? (
          <>
            <Link className={classes.title} to={href}>{columns[0]?.show(record)}</Link>
            <div className={classes.facts}>
              {facts.map((column) => <span key={column.name}>{column.show(record)}</span>)}
            </div>
          </>
        )}
      </div>
      {acts && <div role="cell" className={classes.acts}>{acts(record)}</div>}
    </div>
  );
}
