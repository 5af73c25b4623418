import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import classes from './Charts.module.css';
import { saveCsv } from './csv';

/** A cell of the table behind a chart: a figure, and the list that it opens. */
export interface Cell {
  value: number | null;
  href?: string;
  /** What is shown instead of the number: a time span. */
  text?: string;
  /** The whole of it in words, for who only hears the link. */
  name?: string;
  bar_of?: number;
}

export interface TableRow {
  key: string;
  label: string;
  cells: Cell[];
}

interface ChartCardProps {
  title: string;
  lead?: string;
  /** The headings: of the rows, then of each cell. */
  heads: string[];
  rows: TableRow[];
  file: string;
  /** Without a chart, the table is all there is. */
  chart?: ReactNode;
  width?: 'whole';
}

/** A chart and the table behind it: the same figures, for the eye, the ear and the spreadsheet. */
export function ChartCard({ title, lead, heads, rows, file, chart, width }: ChartCardProps) {
  const { t } = useText();
  const id = useId();
  const [look, setLook] = useState('chart');
  const save = () => saveCsv(file, [heads, ...rows.map((row) => [row.label, ...row.cells.map((cell) => cell.value ?? '')])]);
  return (
    <section className={classes.card} data-width={width} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id}>{title}</h2>
        {chart !== undefined && (
          <SegmentedControl
            size="xs"
            aria-label={t('dashboard.show_as', { title })}
            value={look}
            onChange={setLook}
            data={[
              { value: 'chart', label: <Look icon={<IconChartBar size={14} aria-hidden="true" />} words={t('dashboard.chart')} /> },
              { value: 'table', label: <Look icon={<IconTable size={14} aria-hidden="true" />} words={t('dashboard.table')} /> },
            ]}
          />
        )}
        <Tooltip label={t('dashboard.csv')}>
          <ActionIcon aria-label={t('dashboard.csv_of', { title })} onClick={save}><IconDownload size={16} /></ActionIcon>
        </Tooltip>
        {lead !== undefined && <p className={classes.lead}>{lead}</p>}
      </div>
      {chart !== undefined && look === 'chart' ? chart : <FigureTable label={title} heads={heads} rows={rows} />}
    </section>
  );
}

function Look({ icon, words }: { icon: ReactNode; words: string }) {
  return <>{icon}<span className="visually-hidden">{words}</span></>;
}

function FigureTable({ label, heads, rows }: { label: string; heads: string[]; rows: TableRow[] }) {
  const { t } = useText();
  if (rows.length === 0) return <p className={classes.none}>{t('dashboard.nothing')}</p>;
  return (
    <div className={classes.tableFrame} tabIndex={0} role="group" aria-label={label}>
      <table className={classes.table} aria-label={label}>
        <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              {row.cells.map((cell, at) => <td key={heads[at + 1]}><Figure cell={cell} name={`${row.label}: ${heads[at + 1] ?? ''}`} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figure({ cell, name }: { cell: Cell; name: string }) {
  const format = useFormat();
  if (cell.value === null) return <span className={classes.none}>–</span>;
  const words = cell.text ?? format.number(cell.value);
  const shown = cell.href !== undefined && cell.value > 0
    ? <Link to={cell.href} aria-label={`${name} ${words}`}>{words}</Link>
    : <span>{words}</span>;
  if (cell.bar_of === undefined) return shown;
  return (
    <span className={classes.withBar}>
      <span className={classes.track} aria-hidden="true"><span style={{ width: `${cell.bar_of === 0 ? 0 : (cell.value / cell.bar_of) * 100}%` }} /></span>
      {shown}
    </span>
  );
}
