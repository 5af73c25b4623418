import { condition, findField, useModule } from '@/api';
import { asText, useChoiceLabel } from '@/fields';
import { useText } from '@/i18n';
import { ErrorState } from '@/ui';
import { ChartCard } from '@/ui/charts/ChartCard';
import { dealsIn, lastDayOf, monthsUntil } from './sales_figures';
import type { DashboardScope } from './sales_figures';
import { useFigures } from './useFigures';
import { useListBehind } from './useScope';

const months_looked_at = 12;

/** Why deals were lost within a year. */
export function LossReasons({ scope, today }: { scope: DashboardScope; today: string }) {
  const { t } = useText();
  const behind = useListBehind();
  const choiceLabel = useChoiceLabel();
  const field = findField(useModule('deals'), 'reason_for_loss');
  const months = monthsUntil(today, months_looked_at);
  const within = condition('closes_on', 'between', [`${months[0] ?? ''}-01`, lastDayOf(months.at(-1) ?? '')]);
  const lost = condition('outcome', 'is_one_of', ['lost']);
  const { data, error, refetch } = useFigures('deals', { filter: dealsIn(scope, lost, within), by: ['reason_for_loss'] });
  if (error && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const most = Math.max(0, ...(data ?? []).map(({ count }) => count));
  const rows = [...(data ?? [])].sort((a, b) => b.count - a.count).map(({ keys, count }) => {
    const reason = asText(keys[0]);
    const choice = field?.choices?.find((each) => each.name === reason);
    const of_reason = reason === null ? condition('reason_for_loss', 'is_empty', true) : condition('reason_for_loss', 'is_one_of', [reason]);
    return {
      key: reason ?? '', label: field && choice ? choiceLabel('deals', field, choice) : t('sales_dashboard.no_reason'),
      cells: [{ value: count, href: behind('deals', dealsIn(scope, lost, within, of_reason)), bar_of: most }],
    };
  });
  return <ChartCard title={t('sales_dashboard.reasons')} heads={[t('sales_dashboard.reason'), t('sales_dashboard.series_count')]} rows={rows} file="reasons-for-loss" />;
}
