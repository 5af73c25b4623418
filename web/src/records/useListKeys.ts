import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '@/i18n';
import { useCommands } from '@/ui';
import type { RecordData } from '@/api';
import type { Selection } from './useSelection';

interface ListKeys {
  records: RecordData[];
  hrefOf: (record: RecordData) => string;
  selection: Selection | undefined;
  onReveal: (index: number) => void;
}

/** j and k walk through a list, x chooses, o and Enter open. */
export function useListKeys({ records, hrefOf, selection, onReveal }: ListKeys): { active_id: string | null } {
  const { t } = useText();
  const navigate = useNavigate();
  const [active_id, setActive] = useState<string | null>(null);
  const move = (step: number) => {
    const from = records.findIndex((record) => record.id === active_id);
    const to = Math.max(0, Math.min(records.length - 1, from === -1 ? 0 : from + step));
    const record = records[to];
    if (!record) return;
    setActive(record.id);
    onReveal(to);
  };
  const open = () => {
    const record = records.find((each) => each.id === active_id);
    if (record) void navigate(hrefOf(record));
  };
  const group = t('shortcuts.group_list');
  useCommands([
    { id: 'list.next', label: t('shortcuts.next_row'), group, keys: 'j', hidden_in_palette: true, run: () => move(1) },
    { id: 'list.previous', label: t('shortcuts.previous_row'), group, keys: 'k', hidden_in_palette: true, run: () => move(-1) },
    { id: 'list.open', label: t('shortcuts.open_row'), group, keys: 'o', hidden_in_palette: true, run: open },
    ...(active_id === null ? [] : [{ id: 'list.enter', label: t('shortcuts.open_row'), group, keys: 'enter', hidden_in_palette: true, run: open }]),
    ...(selection
      ? [{
          id: 'list.choose', label: t('shortcuts.choose_row'), group, keys: 'x', hidden_in_palette: true,
          run: () => active_id !== null && selection.toggle(active_id),
        }]
      : []),
  ]);
  return { active_id };
}
