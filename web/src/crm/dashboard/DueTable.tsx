import { condition, useMeta } from '@/api';
import type { Filter } from '@/api';
import { useModuleLabel } from '@/fields';
import { fromWallClock } from '@/fields/instant/wall_clock';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { ChartCard } from '@/ui/charts/ChartCard';
import type { Cell } from '@/ui/charts/ChartCard';
import { activity_modules } from '../sales_modules';
import { activitiesIn, dayAfter } from './sales_figures';
import type { DashboardScope } from './sales_figures';
import { useFigures } from './useFigures';
import { useListBehind } from './useScope';

type Span = 'late' | 'today' | 'next';
const spans: Span[] = ['late', 'today', 'next'];
const days_ahead = 7;

/** What is to be done: too late, today, and in the days to come. */
export function DueTable({ scope, today }: { scope: DashboardScope; today: string }) {
  const { t } = useText();
  const { modules } = useMeta();
  const { time_zone } = useFormat();
  const moduleLabel = useModuleLabel();
  const filterOf = (module: string, span: Span) => activitiesIn(scope, ...conditionsOf(module, span, today, time_zone));
  const is_known = (name: string) => modules.some((module) => module.name === name && module.may.includes('read'));
  const cells = {
    tasks: useCells('tasks', filterOf, is_known('tasks')),
    events: useCells('events', filterOf, is_known('events')),
    calls: useCells('calls', filterOf, is_known('calls')),
  };
  const rows = modules.flatMap((module) => {
    const name = activity_modules.find((each) => each === module.name);
    if (name !== 'tasks' && name !== 'events' && name !== 'calls') return [];
    return module.may.includes('read') ? [{ key: name, label: moduleLabel(module), cells: cells[name] }] : [];
  });
  return <ChartCard title={t('sales_dashboard.due')} heads={[t('crm.activities'), ...spans.map((span) => t(`sales_dashboard.due_${span}`))]} rows={rows} file="activities-due" />;
}

function useCells(module: 'tasks' | 'events' | 'calls', filterOf: (module: string, span: Span) => Filter, is_asked: boolean): Cell[] {
  const behind = useListBehind();
  const late = useFigures(module, { filter: filterOf(module, 'late') }, { is_asked: is_asked && module === 'tasks' });
  const today = useFigures(module, { filter: filterOf(module, 'today') }, { is_asked });
  const next = useFigures(module, { filter: filterOf(module, 'next') }, { is_asked });
  const cell = (span: Span, value: number | undefined): Cell => ({ value: value ?? null, href: behind(module, filterOf(module, span)) });
  return [cell('late', late.data?.[0]?.count), cell('today', today.data?.[0]?.count), cell('next', next.data?.[0]?.count)];
}

/** A task is due on a day and may be late; a meeting or call begins at a moment, and then it was. */
function conditionsOf(module: string, span: Span, today: string, time_zone: string): Filter[] {
  const tomorrow = dayAfter(today, 1);
  const end = dayAfter(today, days_ahead);
  if (module === 'tasks') {
    const is_open = condition('status', 'is_none_of', ['completed']);
    if (span === 'late') return [is_open, condition('due_on', 'before', today)];
    return [is_open, span === 'today' ? condition('due_on', 'is', today) : condition('due_on', 'between', [tomorrow, end])];
  }
  const begins = (day: string) => fromWallClock(`${day}T00:00`, time_zone);
  const [from, until] = span === 'today' ? [today, tomorrow] : [tomorrow, dayAfter(end, 1)];
  return [condition('starts_at', 'at_least', begins(from)), condition('starts_at', 'before', begins(until))];
}
