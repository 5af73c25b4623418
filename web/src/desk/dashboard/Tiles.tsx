import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { Tile, TileList } from '@/ui/charts/Tile';
import { formatMinutes } from '../ratings/ratings';
import type { TotalFigures } from './dashboard_types';
import type { HrefBehind } from './useBehind';

interface TilesProps {
  total: TotalFigures;
  behind: HrefBehind;
}

/** The figures of the whole period, each a way to its tickets. */
export function Tiles({ total, behind }: TilesProps) {
  return (
    <TileList>
      <Count figure="created" value={total.created} behind={behind} />
      <Count figure="closed" value={total.closed} behind={behind} />
      <Count figure="open" value={total.open} behind={behind} is_now />
      <Count figure="unassigned" value={total.unassigned} behind={behind} is_now />
      <Count figure="overdue" value={total.overdue} behind={behind} is_now />
      <Time figure="answered" minutes={total.average_first_answer_minutes} count={total.answered} behind={behind} />
      <Time figure="resolved" minutes={total.average_resolution_minutes} count={total.resolved} behind={behind} />
      <Share figure="response_missed" missed={total.response_missed} kept={total.response_kept} behind={behind} />
      <Share figure="resolution_missed" missed={total.resolution_missed} kept={total.resolution_kept} behind={behind} />
      <Count figure="rated_good" value={total.rated_good} behind={behind} />
      <Count figure="rated_okay" value={total.rated_okay} behind={behind} />
      <Count figure="rated_bad" value={total.rated_bad} behind={behind} />
    </TileList>
  );
}

interface CountProps {
  figure: string;
  value: number | null | undefined;
  behind: HrefBehind;
  is_now?: true;
}

function Count({ figure, value, behind, is_now }: CountProps) {
  const { t } = useText();
  const format = useFormat();
  if (value === undefined || value === null) return null;
  const is_bad = figure === 'overdue' && value > 0;
  return (
    <Tile label={t(`dashboard.${figure}`)} href={value > 0 ? behind({ figure }) : null} note={is_now ? t('dashboard.now') : undefined} tone={is_bad ? 'bad' : undefined}>
      {format.number(value)}
    </Tile>
  );
}

function Time({ figure, minutes, count, behind }: { figure: 'answered' | 'resolved'; minutes: number | null | undefined; count: number | undefined; behind: HrefBehind }) {
  const { t } = useText();
  const format = useFormat();
  if (minutes === undefined || count === undefined) return null;
  return (
    <Tile label={t(`dashboard.average_${figure}`)} href={count > 0 ? behind({ figure }) : null} note={t('dashboard.of_tickets', { count, number: format.number(count) })}>
      {minutes === null ? '–' : formatMinutes(minutes, format.locale)}
    </Tile>
  );
}

/** How often a target was kept, in per cent; opens those that were missed. */
function Share({ figure, missed, kept, behind }: { figure: 'response_missed' | 'resolution_missed'; missed: number | undefined; kept: number | undefined; behind: HrefBehind }) {
  const { t } = useText();
  const format = useFormat();
  if (missed === undefined || kept === undefined) return null;
  const all = missed + kept;
  const per_cent = new Intl.NumberFormat(format.locale, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <Tile label={t(`dashboard.${figure === 'response_missed' ? 'response_kept' : 'resolution_kept'}`)} href={missed > 0 ? behind({ figure }) : null} note={t('dashboard.missed', { count: missed, number: format.number(missed) })}>
      {all === 0 ? '–' : per_cent.format(Math.floor((kept / all) * 100) / 100)}
    </Tile>
  );
}
