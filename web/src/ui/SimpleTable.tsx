import type { ReactNode } from 'react';
import classes from './SimpleTable.module.css';

export interface SimpleColumn<Row> {
  name: string;
  label: string;
  /** Cells of a column of acts have no label on small screens. */
  kind?: 'acts';
  width?: number | string;
  show: (row: Row) => ReactNode;
}

interface SimpleTableProps<Row> {
  label: string;
  columns: SimpleColumn<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
}

/**
 * A short table, all rows at once; cards on a small screen. Long lists use RecordTable. The roles are written out, because the
 * layout of the cards would take them from the elements.
 */
export function SimpleTable<Row>({ label, columns, rows, keyOf }: SimpleTableProps<Row>) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) =>
              column.kind === 'acts'
                ? <td key={column.name} role="cell" style={{ width: column.width }} />
                : <th key={column.name} role="columnheader" scope="col" style={{ width: column.width }}>{column.label}</th>)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row">
              {columns.map((column) => (
                <td key={column.name} role="cell" data-label={column.kind === 'acts' ? undefined : column.label} data-kind={column.kind}>
                  {column.show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
