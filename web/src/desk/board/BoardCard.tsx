import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { neighbourCard, StatusBadge } from '@/ui';
import { useStatuses } from '../common/useStatuses';
import { TicketCard } from '../queue/TicketCard';
import classes from './Board.module.css';
import { nextStatus, statusesFor } from './card_rules';

interface BoardCardProps {
  ticket: RecordData;
  href: string;
  onDrag: (ticket: RecordData | null) => void;
  onMove: (ticket: RecordData, status: string) => void;
}

/** A ticket on the board. One whose status the person may not change stays where it is. */
export function BoardCard({ ticket, href, onDrag, onMove }: BoardCardProps) {
  const { t } = useText();
  const { all: statuses } = useStatuses();
  const targets = statusesFor(ticket, statuses);
  const is_movable = targets.length > 0;
  const handleKey = (event: KeyboardEvent<HTMLLIElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
    if (event.shiftKey && step !== null) {
      const status = nextStatus(ticket, statuses, step);
      event.preventDefault();
      if (status !== undefined) onMove(ticket, status.name);
      return;
    }
    const next = event.target instanceof HTMLAnchorElement ? neighbourCard(event.currentTarget, event.key) : null;
    if (next === null) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <li
      className={classes.card}
      data-card={ticket.id}
      data-movable={is_movable || undefined}
      draggable={is_movable}
      onKeyDown={handleKey}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', ticket.title);
        event.dataTransfer.effectAllowed = 'move';
        onDrag(ticket);
      }}
      onDragEnd={() => onDrag(null)}
    >
      <TicketCard ticket={ticket} href={href} />
      {is_movable && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon className={classes.move} size={26} aria-label={t('lists.move', { number: String(ticket.number) })} aria-describedby="board-keys">
              <IconArrowsExchange size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {targets.map((status) => (
              <Menu.Item key={status.name} onClick={() => onMove(ticket, status.name)}>
                <StatusBadge label={status.label} type={status.type} look="plain" />
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
