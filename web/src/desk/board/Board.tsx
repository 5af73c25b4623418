import { Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { keys, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import type { ListQuery } from '@/records';
import { neighbourCard, useFormat, useToast } from '@/ui';
import { useStatuses } from '../common/useStatuses';
import classes from './Board.module.css';
import { BoardColumn } from './BoardColumn';
import { statusesFor } from './card_rules';
import { useBoardCounts, useBringBack, useMoveCard } from './useBoard';

interface BoardProps {
  label: string;
  query: ListQuery;
  hrefOf: (ticket: RecordData) => string;
}

/** The tickets of a view in a column for each status. A card is moved by hand, by its menu or by Shift and an arrow. */
export function Board({ label, query, hrefOf }: BoardProps) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const format = useFormat();
  const { all: statuses, find } = useStatuses();
  const counts = useBoardCounts(query);
  const moveCard = useMoveCard(query);
  const bringBack = useBringBack();
  const toast = useToast();
  const is_small = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [dragged, setDragged] = useState<RecordData | null>(null);
  const [only, setOnly] = useState(statuses[0]?.name ?? '');
  const [said, setSaid] = useState('');
  const board = useRef<HTMLDivElement>(null);
  const countOf = (name: string) => {
    const found = counts.find((each) => each.status === name);
    return found === undefined ? '' : `${format.number(found.count)}${found.count_is_exact ? '' : '+'}`;
  };
  const handleMove = (ticket: RecordData, status: string) => {
    const cardOf = (id: string) => board.current?.querySelector<HTMLElement>(`[data-card="${id}"]`) ?? null;
    const card = cardOf(ticket.id);
    const beside = card && (neighbourCard(card, 'ArrowDown') ?? neighbourCard(card, 'ArrowUp'));
    const words = { number: String(ticket.number), status: find(status).label };
    const handleMoved = (stays: boolean) => {
      if (stays) return setSaid(t('lists.moved', words));
      toast.undoable(t('lists.moved_away', { ...words, view: label }), () => bringBack(ticket));
      // The card took the focus along; whoever works by key goes on beside where it was.
      return window.setTimeout(() => document.activeElement === document.body && beside?.focus(), 0);
    };
    moveCard({ ticket, status, onMoved: handleMoved });
    // The card is drawn anew in the other column; whoever moved it by key goes on from there.
    window.setTimeout(() => cardOf(ticket.id)?.querySelector('a')?.focus(), 0);
  };
  const reload = () => {
    void cache.invalidateQueries({ queryKey: keys.lists(org, 'tickets') });
    void cache.invalidateQueries({ queryKey: keys.allViews(org) });
  };
  const shown = is_small ? statuses.filter((status) => status.name === only) : statuses;
  return (
    <div className={classes.frame} ref={board}>
      {is_small && (
        <Select
          className={classes.choice}
          aria-label={t('desk.status')}
          allowDeselect={false}
          data={statuses.map((status) => ({ value: status.name, label: `${status.label} (${countOf(status.name)})` }))}
          value={only}
          onChange={(name) => name !== null && setOnly(name)}
        />
      )}
      <p id="board-keys" className="visually-hidden">{t('lists.board_keys')}</p>
      <div className={classes.board} role="group" aria-label={t('lists.board_of', { view: label })}>
        {shown.map((status) => (
          <BoardColumn
            key={status.name}
            status={status}
            count={countOf(status.name)}
            query={{ ...query, status: status.name }}
            hrefOf={hrefOf}
            dragged={dragged}
            takes={dragged !== null && statusesFor(dragged, statuses).some((each) => each.name === status.name)}
            onDrag={setDragged}
            onMove={handleMove}
            onReload={reload}
            is_first={status.name === shown[0]?.name}
          />
        ))}
      </div>
      <p className="visually-hidden" role="status">{said}</p>
    </div>
  );
}
