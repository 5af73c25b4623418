import { IconShare } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMeta } from '@/api';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { Badge } from '@/ui';
import type { Tone } from '@/ui';
import { useStatuses } from '../common/useStatuses';
import { collapsed } from './badges';
import classes from './Queue.module.css';

interface TicketBadge {
  name: string;
  tone: Tone;
  label: string;
  icon?: ReactNode;
}

/** What must not be overlooked, the most important first. */
function useBadges(ticket: RecordData): TicketBadge[] {
  const { t } = useText();
  // Nobody has to hurry to a ticket that is closed; that it was escalated stays in its fields and its history.
  const is_closed = useStatuses().find(ticket.status).type === 'closed';
  const found: TicketBadge[] = [];
  if (ticket.send_failed === true) found.push({ name: 'send_failed', tone: 'bad', label: t('desk.badge.send_failed') });
  if (ticket.is_overdue === true) found.push({ name: 'overdue', tone: 'bad', label: t('desk.badge.overdue') });
  if (ticket.is_escalated === true && !is_closed) found.push({ name: 'escalated', tone: 'warn', label: t('desk.badge.escalated') });
  return found;
}

/** All of them, where there is room. */
export function TicketBadges({ ticket }: { ticket: RecordData }) {
  return useBadges(ticket).map(({ name, tone, label }) => <Badge key={name} tone={tone}>{label}</Badge>);
}

/** In lists, with whether other departments have the ticket: a few, and how many more. */
export function FewBadges({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const { features } = useMeta();
  const badges = useBadges(ticket);
  if (features.ticket_sharing && ticket.is_shared === true)
    badges.unshift({ name: 'shared', tone: 'accent', label: t('desk.badge.shared'), icon: <IconShare size={11} aria-hidden="true" /> });
  const { shown, hidden } = collapsed(badges);
  const others = hidden.map(({ label }) => label).join(', ');
  return (
    <>
      {shown.map(({ name, tone, label, icon }) => (
        <span key={name} title={label} data-signed={icon !== undefined || undefined} className={classes.badge}>
          <Badge tone={tone} icon={icon}><span className={classes.badgeWords}>{label}</span></Badge>
        </span>
      ))}
      {hidden.length > 0 && (
        <span title={others}>
          <Badge tone={hidden[0]?.tone}>
            <span aria-hidden="true">+{hidden.length}</span>
            <span className="visually-hidden">{others}</span>
          </Badge>
        </span>
      )}
    </>
  );
}
