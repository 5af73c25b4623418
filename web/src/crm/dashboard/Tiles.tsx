import { condition } from '@/api';
import type { Filter } from '@/api';
import { asNumber, useMoney } from '@/fields';
import { useText } from '@/i18n';
import { ErrorState, useFormat } from '@/ui';
import { Tile, TileList } from '@/ui/charts/Tile';
import { dealsIn, lastDayOf } from './sales_figures';
import type { DashboardScope, FigureGroup } from './sales_figures';
import { useFigures } from './useFigures';
import { useListBehind } from './useScope';

interface TilesProps {
  scope: DashboardScope;
  today: string;
  has_amount: boolean;
}

/** What is open, and what this month has brought. */
export function Tiles({ scope, today, has_amount }: TilesProps) {
  const { t } = useText();
  const behind = useListBehind();
  const sum = has_amount ? ['amount', 'expected_revenue'] : [];
  const month = condition('closes_on', 'between', [`${today.slice(0, 7)}-01`, lastDayOf(today.slice(0, 7))]);
  const filters = {
    open: dealsIn(scope, condition('outcome', 'is_one_of', ['open'])),
    late: dealsIn(scope, condition('outcome', 'is_one_of', ['open']), condition('closes_on', 'before', today)),
    won: dealsIn(scope, condition('outcome', 'is_one_of', ['won']), month),
    lost: dealsIn(scope, condition('outcome', 'is_one_of', ['lost']), month),
  } satisfies Record<string, Filter>;
  const open = useFigures('deals', { filter: filters.open, sum });
  const late = useFigures('deals', { filter: filters.late, sum: sum.slice(0, 1) });
  const won = useFigures('deals', { filter: filters.won, sum: sum.slice(0, 1) });
  const lost = useFigures('deals', { filter: filters.lost, sum: sum.slice(0, 1) });
  const failed = [open, late, won, lost].find((each) => each.error !== null && each.data === undefined);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  const tile = (name: keyof typeof filters, groups: FigureGroup[] | undefined) => (
    <DealTile label={t(`sales_dashboard.${name}`)} href={behind('deals', filters[name])} group={groups?.[0]} is_bad={name === 'late'} />
  );
  const expected = asNumber(open.data?.[0]?.sums.expected_revenue);
  return (
    <TileList>
      {tile('open', open.data)}
      {has_amount && <Expected value={expected} />}
      {tile('late', late.data)}
      {tile('won', won.data)}
      {tile('lost', lost.data)}
    </TileList>
  );
}

interface DealTileProps {
  label: string;
  href: string;
  /** Undefined until it is known. */
  group: FigureGroup | undefined;
  is_bad: boolean;
}

function DealTile({ label, href, group, is_bad }: DealTileProps) {
  const format = useFormat();
  const money = useMoney();
  const amount = asNumber(group?.sums.amount);
  const count = group?.count ?? 0;
  return (
    <Tile label={label} href={count > 0 ? href : null} note={amount === null ? undefined : money(amount, 2)} tone={is_bad && count > 0 ? 'bad' : undefined}>
      {group === undefined ? '…' : format.number(count)}
    </Tile>
  );
}

function Expected({ value }: { value: number | null }) {
  const { t } = useText();
  const money = useMoney();
  return <Tile label={t('sales_dashboard.expected')} href={null} note={t('sales_dashboard.expected_note')}>{money(value ?? 0, 2)}</Tile>;
}
