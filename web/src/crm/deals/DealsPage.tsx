import { SegmentedControl } from '@mantine/core';
import { IconLayoutKanban, IconList } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useText } from '@/i18n';
import { useCommands } from '@/ui';
import { SalesListPage } from '../list/SalesListPage';
import classes from './Board.module.css';
import { BoardPage } from './BoardPage';

/** The deals: as the board of a pipeline, or as a list. The shape stands in the address. */
export function DealsPage() {
  const { t } = useText();
  const [address, setAddress] = useSearchParams();
  const shape = address.get('shape') === 'list' ? 'list' : 'board';
  const choose = (next: string) =>
    setAddress((before) => {
      const after = new URLSearchParams(before);
      if (next === 'list') after.set('shape', 'list');
      else after.delete('shape');
      return after;
    });
  useCommands([{
    id: 'list.shape', label: t(shape === 'board' ? 'lists.show_list' : 'lists.show_board'), group: t('shortcuts.group_list'),
    icon: <IconLayoutKanban size={16} />, run: () => choose(shape === 'board' ? 'list' : 'board'),
  }]);
  const shapes = (
    <SegmentedControl
      size="xs"
      aria-label={t('crm.deals.shape')}
      value={shape}
      onChange={choose}
      data={[
        { value: 'board', label: <Shape icon={<IconLayoutKanban size={15} />} words={t('lists.board')} /> },
        { value: 'list', label: <Shape icon={<IconList size={15} />} words={t('lists.list')} /> },
      ]}
    />
  );
  return shape === 'list' ? <SalesListPage module="deals" shapes={shapes} /> : <BoardPage shapes={shapes} />;
}

function Shape({ icon, words }: { icon: ReactNode; words: string }) {
  return <span className={classes.shape} title={words}>{icon}<span className="visually-hidden">{words}</span></span>;
}
