import { Button, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconClockPlay, IconPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { patch } from '@/api';
import type { OpenTicketWalk, ServiceLevel } from '@/api';
import { useText } from '@/i18n';
import { Badge, EmptyState, RowMenu, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { SettingsPage } from '../SettingsPage';
import { WalkProgress } from '../WalkProgress';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { PolicyDialog } from './PolicyDialog';
import { useSpanWords } from './useSpanWords';
import { DeleteRow, EditRow } from '../RowActs';
import { useDelete } from '../useDelete';

/** The policies in the order in which they are asked. */
export function ServiceLevelsPage() {
  const { t } = useText();
  const levels = useSettingsQuery<{ service_levels: ServiceLevel[]; walk: OpenTicketWalk | null }>('service_levels');
  const write = useSettingsWrite('service_levels');
  const deleteAt = useDelete('service_levels');
  const act = useAct();
  const targetWords = useTargetWords();
  const [edited, setEdited] = useState<ServiceLevel | 'new' | null>(null);
  const { refetch } = levels;
  const handleLook = useCallback(() => void refetch(), [refetch]);
  const handleMove = (level: ServiceLevel, position: number) =>
    act(() => write((base) => patch(`${base}/service_levels/${level.id}`, { position })));
  const handleDelete = (level: ServiceLevel) => deleteAt(`service_levels/${level.id}`, { title: t('settings.service_levels.delete_title', { name: level.name }), body: t('settings.service_levels.delete_help') });
  const columns = (count: number): SimpleColumn<ServiceLevel>[] => [
    { name: 'name', label: t('settings.service_levels.name'), show: (level) => <>{level.position}. {level.name}</> },
    { name: 'first_response', label: t('settings.service_levels.target_first_response'), width: 170, show: (level) => targetWords(level, 'first_response_minutes') },
    { name: 'resolution', label: t('settings.service_levels.target_resolution'), width: 170, show: (level) => targetWords(level, 'resolution_minutes') },
    { name: 'state', label: t('settings.service_levels.state'), width: 110, show: (level) => <Badge tone={level.is_active ? 'good' : 'neutral'}>{t(level.is_active ? 'settings.service_levels.active' : 'settings.service_levels.off')}</Badge> },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (level) => (
        <RowMenu label={t('settings.acts_for', { name: level.name })}>
          <EditRow onClick={() => setEdited(level)} />
          {level.position > 1 && <Menu.Item leftSection={<IconArrowUp size={15} />} onClick={() => void handleMove(level, level.position - 1)}>{t('settings.statuses.move_up')}</Menu.Item>}
          {level.position < count && <Menu.Item leftSection={<IconArrowDown size={15} />} onClick={() => void handleMove(level, level.position + 1)}>{t('settings.statuses.move_down')}</Menu.Item>}
          <DeleteRow onClick={() => void handleDelete(level)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="service_levels"
      query={levels}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('settings.service_levels.add')}</Button>}
    >
      {(data) => (
        <>
          {data.service_levels.length === 0
            ? <EmptyState icon={<IconClockPlay size={22} />} title={t('settings.service_levels.empty')}>{t('settings.service_levels.empty_help')}</EmptyState>
            : <SimpleTable label={t('settings.service_levels.title')} columns={columns(data.service_levels.length)} rows={data.service_levels} keyOf={(level) => level.id} />}
          <WalkProgress walk={data.walk} onLook={handleLook} />
          {edited !== null && <PolicyDialog level={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
        </>
      )}
    </SettingsPage>
  );
}

/** "1h – 8h": the shortest and the longest time that a policy gives for a target. */
function useTargetWords(): (level: ServiceLevel, part: 'first_response_minutes' | 'resolution_minutes') => string {
  const spanWords = useSpanWords();
  return (level, part) => {
    const minutes = Object.values(level.targets).map((times) => times[part]).filter((each) => each !== null);
    if (minutes.length === 0) return '–';
    const [low, high] = [Math.min(...minutes), Math.max(...minutes)];
    return low === high ? spanWords(low) : `${spanWords(low)} – ${spanWords(high)}`;
  };
}
