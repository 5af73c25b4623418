import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { formatMinutes } from '../ratings/ratings';
import { ChartCard } from '@/ui/charts/ChartCard';
import type { Cell, TableRow } from '@/ui/charts/ChartCard';
import type { Behind, Figures, KeyFigures } from './dashboard_types';
import type { HrefBehind } from './useBehind';
import { useAgentLabel, useTicketChoice } from './useKeyLabels';

interface KeyTablesProps {
  figures: Figures;
  behind: HrefBehind;
}

/** The same figures by agent, department, channel, priority and tag. */
export function KeyTables({ figures, behind }: KeyTablesProps) {
  const { t } = useText();
  const agentLabel = useAgentLabel();
  const choice = useTicketChoice();
  const { agents, departments, channels, priorities, tags } = figures;
  return (
    <>
      {agents && <KeyTable title={t('dashboard.by_agent')} head={t('dashboard.agent')} file="by-agent" width="whole" rows={agents} label={agentLabel} behind={(row, figure) => behind({ figure, owner: row.key })} has_times has_ratings />}
      {departments && departments.length > 1 && (
        <KeyTable title={t('dashboard.by_department')} head={t('dashboard.department')} file="by-department" width="whole" rows={departments} label={(row) => row.title} behind={(row, figure) => behind({ figure, department: row.key })} has_times has_ratings />
      )}
      {channels && <KeyTable title={t('dashboard.by_channel')} head={t('dashboard.channel')} file="by-channel" rows={channels} label={(row) => choice('channel', row.key)} behind={(row, figure) => behind({ figure, channel: row.key })} />}
      {priorities && <KeyTable title={t('dashboard.by_priority')} head={t('dashboard.priority')} file="by-priority" rows={priorities} label={(row) => choice('priority', row.key)} behind={(row, figure) => behind({ figure, priority: row.key })} />}
      {tags && tags.length > 0 && <KeyTable title={t('dashboard.by_tag')} head={t('dashboard.tag')} file="by-tag" rows={tags} label={(row) => row.title} behind={(row, figure) => behind({ figure, tag: row.key })} />}
    </>
  );
}

interface KeyTableProps {
  title: string;
  head: string;
  file: string;
  rows: KeyFigures[];
  label: (row: KeyFigures) => string;
  behind: (row: KeyFigures, figure: Behind['figure']) => string;
  width?: 'whole';
  has_times?: true;
  has_ratings?: true;
}

const counts = ['created', 'closed', 'open'] as const;
const times = [['answered', 'average_first_answer_minutes'], ['resolved', 'average_resolution_minutes']] as const;
const ratings = ['rated_good', 'rated_okay', 'rated_bad'] as const;

function KeyTable({ title, head, file, rows, label, behind, width, has_times, has_ratings }: KeyTableProps) {
  const { t } = useText();
  const { locale } = useFormat();
  const first = rows[0];
  const most = Math.max(0, ...rows.map((row) => row.created ?? 0));
  const shown_counts = counts.filter((each) => first?.[each] !== undefined);
  const shown_times = has_times ? times.filter(([each]) => first?.[each] !== undefined) : [];
  const shown_ratings = has_ratings ? ratings.filter((each) => first?.[each] !== undefined) : [];
  const cells = (row: KeyFigures): Cell[] => [
    ...shown_counts.map((each): Cell => ({ value: row[each] ?? 0, href: behind(row, each), bar_of: each === 'created' ? most : undefined })),
    ...shown_times.map(([each, average]): Cell => {
      const minutes = row[average] ?? null;
      return { value: minutes, text: minutes === null ? undefined : formatMinutes(minutes, locale), href: behind(row, each) };
    }),
    ...shown_ratings.map((each): Cell => ({ value: row[each] ?? 0, href: behind(row, each) })),
  ];
  return (
    <ChartCard
      title={title}
      file={file}
      width={width}
      heads={[head, ...shown_counts.map((each) => t(`dashboard.${each}`)), ...shown_times.map(([each]) => t(`dashboard.average_${each}`)), ...shown_ratings.map((each) => t(`dashboard.${each}`))]}
      rows={rows.map((row): TableRow => ({ key: row.key, label: label(row), cells: cells(row) }))}
    />
  );
}
