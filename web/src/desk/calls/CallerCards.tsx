import { ActionIcon, Button } from '@mantine/core';
import { IconPhone, IconPlus, IconTicket, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { useMay, useOrganisation } from '@/api';
import type { OngoingCall } from '@/api';
import { useText } from '@/i18n';
import { RelativeTime, useCommands } from '@/ui';
import { clockWords } from './call_clock';
import classes from './Calls.module.css';
import { LogCallDialog } from './LogCallDialog';
import { NewTicketFromCall } from './NewTicketFromCall';
import { useOngoingCalls } from './useOngoingCalls';

/** Who rings for me or my department, on every screen, until the call is over or dismissed. */
export function CallerCards() {
  const { t } = useText();
  const { calls, dismiss } = useOngoingCalls();
  const cards = useRef<HTMLDivElement>(null);
  useCommands(calls.length === 0 ? [] : [
    {
      id: 'calls.go', label: t('caller.go'), group: t('shortcuts.group_general'), keys: 'p', icon: <IconPhone size={16} />,
      run: () => cards.current?.querySelector<HTMLElement>('a, button')?.focus(),
    },
  ]);
  return (
    <div className={classes.cards} ref={cards}>
      <span className="visually-hidden" role="status">{calls.map((call) => callerName(call) ?? t('desk.call.unknown')).join(', ')}</span>
      {calls.map((call) => <CallerCard key={call.id} call={call} onDismiss={() => dismiss(call.id)} />)}
    </div>
  );
}

/** The contact, or the number as it was told; null when it was withheld. */
function callerName(call: OngoingCall): string | null {
  return call.contact?.title ?? (/\d/.test(call.number) ? call.number : null);
}

function CallerCard({ call, onDismiss }: { call: OngoingCall; onDismiss: () => void }) {
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const may_create = useMay('create', 'tickets');
  const [noted_on, setNotedOn] = useState<string | null>(null);
  const [is_creating, setCreating] = useState(false);
  const name = callerName(call) ?? t('desk.call.unknown');
  const tickets = call.contact?.open_tickets ?? [];
  const last = call.contact?.last_call ?? null;
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onDismiss();
  };
  const handleCreated = (id: string) => {
    onDismiss();
    void navigate(`/desk/${org}/tickets/${id}`);
  };
  return (
    <>
      <section className={classes.card} aria-label={t(call.direction === 'in' ? 'caller.from' : 'caller.to', { name })} onKeyDown={handleKeyDown}>
        <header className={classes.head}>
          <IconPhone size={18} className={classes.sign} data-rings={!call.is_answered || undefined} aria-hidden="true" />
          <div className={classes.who}>
            {call.contact === null ? <strong>{name}</strong> : <Link to={`/desk/${org}/contacts/${call.contact.id}`}><strong>{name}</strong></Link>}
            <span className={classes.faint}>{t(call.is_answered ? 'caller.lasts' : 'caller.rings')}{call.contact !== null && call.number !== '' && ` · ${call.number}`}</span>
          </div>
          <ActionIcon variant="subtle" aria-label={t('caller.dismiss')} onClick={onDismiss}><IconX size={16} /></ActionIcon>
        </header>
        {last !== null && (
          <p className={classes.faint}>
            {t('caller.last_call')} <RelativeTime at={last.at} />{last.result !== '' && `, ${t(`desk.call.${last.result}`)}`}{last.seconds > 0 && `, ${clockWords(last.seconds)}`}{last.with !== '' && ` · ${last.with}`}
          </p>
        )}
        {call.contact !== null && tickets.length === 0 && <p className={classes.faint}>{t('caller.no_tickets')}</p>}
        {tickets.length > 0 && (
          <ul className={classes.tickets} aria-label={t('caller.open_tickets')}>
            {tickets.map((ticket) => (
              <li key={ticket.id}>
                <Link to={`/desk/${org}/tickets/${ticket.id}`} className={classes.ticket}><IconTicket size={14} aria-hidden="true" />#{ticket.number} {ticket.title}</Link>
                <Button size="compact-xs" variant="default" onClick={() => setNotedOn(ticket.id)} aria-label={t('caller.log_on', { number: ticket.number })}>{t('caller.log')}</Button>
              </li>
            ))}
          </ul>
        )}
        {may_create && <Button size="compact-sm" leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>{t('caller.new_ticket')}</Button>}
      </section>
      {noted_on !== null && <LogCallDialog ticket={noted_on} number={call.number} ongoing={call} onClose={() => setNotedOn(null)} />}
      {is_creating && <NewTicketFromCall call={call} onClose={() => setCreating(false)} onCreated={handleCreated} />}
    </>
  );
}
