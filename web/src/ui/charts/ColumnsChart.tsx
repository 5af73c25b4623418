import { useMediaQuery } from '@mantine/hooks';
import { Link } from 'react-router';
import { useFormat } from '@/ui';
import classes from './Charts.module.css';
import { labelEvery, niceTop } from './scale';
import { useArrowKeys } from './useArrowKeys';

export interface ChartBar {
  /** For the eye the first letter is enough: what it is called stands in the legend. */
  series: string;
  look: 'solid' | 'striped' | 'soft';
  value: number;
  href: string;
  /** The whole of it in words: "1 Mar 2026: 5 created". */
  name: string;
}

export interface ChartColumn {
  key: string;
  label: string;
  bars: ChartBar[];
}

interface ColumnsChartProps {
  label: string;
  columns: ChartColumn[];
  /** How many labels stand below it at most. */
  labels?: number;
  /** How a value stands at the scale; as a whole number when left out. */
  scaled?: (value: number) => string;
}

const usual_labels = 8;
const labels_small = 4;
const lines = [1, 0.75, 0.5, 0.25];

/** Columns side by side, each a link to what it counts. */
export function ColumnsChart({ label, columns, labels = usual_labels, scaled }: ColumnsChartProps) {
  const format = useFormat();
  const { active, onKeyDown, onFocus } = useArrowKeys();
  const top = niceTop(Math.max(...columns.flatMap((column) => column.bars.map((bar) => bar.value))));
  const is_small = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const every = labelEvery(columns.length, is_small ? labels_small : labels);
  const first = columns.map((_, at) => columns.slice(0, at).reduce((sum, column) => sum + column.bars.length, 0));
  return (
    <div className={classes.chart}>
      <div className={classes.scale} aria-hidden="true">
        {lines.map((line) => <span key={line} style={{ bottom: `${line * 100}%` }}>{scaled === undefined ? format.number(top * line) : scaled(top * line)}</span>)}
      </div>
      <div className={classes.columns} role="group" aria-label={label} onKeyDown={onKeyDown} onFocus={onFocus}>
        {columns.map((column, at) => (
          <div key={column.key} className={classes.column}>
            <div className={classes.bars}>
              {column.bars.map((bar, place) => (
                <Link
                  key={bar.series}
                  className={classes.bar}
                  to={bar.href}
                  aria-label={bar.name}
                  title={bar.name}
                  tabIndex={(first[at] ?? 0) + place === active ? 0 : -1}
                >
                  <span className={classes.fill} data-look={bar.look} style={{ height: `${(bar.value / top) * 100}%` }} />
                </Link>
              ))}
            </div>
            <span className={classes.under} aria-hidden="true">{at % every === 0 ? column.label : ''}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

export function Legend({ items }: { items: { look: ChartBar['look']; label: string }[] }) {
  return (
    <ul className={classes.legend}>
      {items.map((item) => <li key={item.label}><span className={classes.sample} data-look={item.look} aria-hidden="true" />{item.label}</li>)}
    </ul>
  );
}
