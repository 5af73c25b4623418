import { ActionIcon, Menu } from '@mantine/core';
import { IconAlertTriangle, IconArrowsExchange, IconCalendar } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { Link } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import type { RecordData, Stage } from '@/api';
import { asLinked, asNumber, asText, linkedId, useMoney, useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { Avatar, neighbourCard, useFormat } from '@/ui';
import classes from './Board.module.css';
import { dayOf } from './days';
import { mayMove } from './stages';

interface DealCardProps {
  deal: RecordData;
  stages: Stage[];
  /** Digits behind the point of an amount. */
  scale: number | undefined;
  onDrag: (deal: RecordData | null) => void;
  onMove: (deal: RecordData, stage: Stage) => void;
  onStep: (deal: RecordData, step: -1 | 1) => void;
}

/** A deal on the board. One that the person may not change stays where it is. */
export function DealCard({ deal, stages, scale, onDrag, onMove, onStep }: DealCardProps) {
  const { t } = useText();
  const org = useOrganisation();
  const format = useFormat();
  const money = useMoney();
  const stageName = useStageLabel();
  const is_movable = mayMove(deal);
  const amount = asNumber(deal.amount);
  const closes_on = asText(deal.closes_on);
  const owner = asLinked(deal.owner);
  const with_whom = [asLinked(deal.account), asLinked(deal.contact)].flatMap((each) => (each === null ? [] : [each.title]));
  const is_late = closes_on !== null && deal.outcome === 'open' && closes_on < dayOf(new Date());
  const handleKey = (event: KeyboardEvent<HTMLLIElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
    if (event.shiftKey && step !== null) {
      event.preventDefault();
      return onStep(deal, step);
    }
    const next = event.target instanceof HTMLAnchorElement ? neighbourCard(event.currentTarget, event.key) : null;
    if (next === null) return undefined;
    event.preventDefault();
    return next.focus();
  };
  return (
    <li
      className={classes.card}
      data-card={deal.id}
      data-movable={is_movable || undefined}
      draggable={is_movable}
      onKeyDown={handleKey}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', deal.title);
        event.dataTransfer.effectAllowed = 'move';
        onDrag(deal);
      }}
      onDragEnd={() => onDrag(null)}
    >
      <Link className={classes.title} to={`${homeOf(org)}/deals/${deal.id}`} draggable={false} aria-describedby="deal-board-keys">{deal.title}</Link>
      {with_whom.length > 0 && <span className={classes.dim}>{with_whom.join(' · ')}</span>}
      <span className={classes.figures}>
        {amount !== null && <span className={classes.amount}>{money(amount, scale)}</span>}
        {closes_on !== null && (
          <span className={classes.day} data-late={is_late || undefined}>
            {is_late ? <IconAlertTriangle size={13} aria-hidden="true" /> : <IconCalendar size={13} aria-hidden="true" />}
            <span aria-hidden={is_late || undefined}>{format.date(closes_on)}</span>
            {is_late && <span className="visually-hidden">{t('crm.late', { when: format.date(closes_on) })}</span>}
          </span>
        )}
        {owner !== null && <span className={classes.owner} title={owner.title}><Avatar name={owner.title} size="small" /><span className="visually-hidden">{owner.title}</span></span>}
      </span>
      {is_movable && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon className={classes.move} size={26} aria-label={t('crm.deals.move', { deal: deal.title })}><IconArrowsExchange size={14} /></ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {stages.filter((stage) => stage.id !== linkedId(deal.stage)).map((stage) => (
              <Menu.Item key={stage.id} onClick={() => onMove(deal, stage)}>{stageName(stage.name)}</Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
