import { Tabs } from '@mantine/core';
import { useMemo } from 'react';
import { useModule } from '@/api';
import type { Module, RecordData } from '@/api';
import { asLinked } from '@/fields';
import { useText } from '@/i18n';
import { PropertyList } from '@/records';
import { useLayout } from '../common/useLayout';
import { TicketTasks } from '../activities/TicketTasks';
import { FollowersCard } from '../followers/FollowersCard';
import { DeskHistory } from './DeskHistory';
import { TimeCard } from '../time/TimeCard';
import { PersonCard } from './PersonCard';
import classes from './Side.module.css';
import { TicketFiles } from './TicketFiles';

/** What the header and the timeline show already, and what is counted rather than known. */
const shown_elsewhere = [
  'subject', 'description', 'status', 'owner', 'number', 'is_overdue', 'is_escalated', 'send_failed', 'last_word',
  'last_word_by', 'last_word_at', 'status_changed_at', 'customer_spoke_at', 'agent_spoke_at', 'unassigned_since', 'status_type', 'spam_at', 'thread_count', 'comment_count', 'attachment_count', 'shares', 'is_shared', 'merged_into',
  'first_response_due_at', 'resolution_due_at', 'first_response_left_minutes', 'resolution_left_minutes',
];

/** Read before all others, whatever order the module has. */
const read_first = ['priority', 'due_at'];

/** The program writes it, and nobody else: it stands at the end. */
function isNoted(module: Module, name: string): boolean {
  return module.fields.some((field) => field.name === name && field.read_only);
}

/** What is known about a ticket, and about who asks: first what people set and look for. */
export function TicketSide({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const module = useModule('tickets');
  const fields = useMemo(
    () => module.fields.filter((field) => !shown_elsewhere.includes(field.name) && (field.custom || field.name in ticket)).map((field) => field.name),
    [module, ticket],
  );
  const ordered = [...read_first.filter((name) => fields.includes(name)), ...fields.filter((name) => !read_first.includes(name))];
  // Another department is an act of its own: who may write fields may not always move.
  const shown = ticket.may.includes('move') ? ticket : { ...ticket, read_only: [...(ticket.read_only ?? []), 'department'] };
  const contact = asLinked(ticket.contact);
  const account = asLinked(ticket.account);
  return (
    <aside className={classes.side} aria-label={t('desk.details')}>
      <Tabs defaultValue="properties" keepMounted={false}>
        <Tabs.List className={classes.tabs}>
          <Tabs.Tab value="properties">{t('desk.properties')}</Tabs.Tab>
          <Tabs.Tab value="history">{t('desk.history')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="properties">
          <LaidOutFields module={module} ticket={shown} fields={ordered.filter((name) => !isNoted(module, name))} />
          {contact && <PersonCard module="contacts" linked={contact} ticket={ticket.id} />}
          {account && <PersonCard module="accounts" linked={account} ticket={ticket.id} />}
          <TicketFiles ticket={ticket.id} />
          <TicketTasks ticket={ticket} />
          <TimeCard ticket={ticket} />
          <FollowersCard ticket={ticket} />
          <section className={classes.block} aria-label={t('side.noted')}>
            <h2 className={classes.sectionTitle}>{t('side.noted')}</h2>
            <PropertyList module={module} record={shown} fields={fields.filter((name) => isNoted(module, name))} />
          </section>
        </Tabs.Panel>
        <Tabs.Panel value="history"><div className={classes.block}><DeskHistory module="tickets" id={ticket.id} /></div></Tabs.Panel>
      </Tabs>
    </aside>
  );
}

/** In the sections of the department's layout, and after them what it leaves out; as tickets have them without one. */
function LaidOutFields({ module, ticket, fields }: { module: Module; ticket: RecordData; fields: string[] }) {
  const layout = useLayout(asLinked(ticket.department)?.id ?? null);
  if (!layout?.is_own) return <div className={classes.block}><PropertyList module={module} record={ticket} fields={fields} /></div>;
  const rest = fields.filter((name) => !layout.possible.some((one) => one.name === name));
  const sections = layout.sections.map(({ label, fields: own }) => ({ label, names: own.map(({ name }) => name).filter((name) => fields.includes(name)) }));
  return (
    <>
      {[...sections, { label: '', names: rest }].filter(({ names }) => names.length > 0).map(({ label, names }, at) => (
        <section key={at} className={classes.block} aria-label={label === '' ? undefined : label}>
          {label !== '' && <h2 className={classes.sectionTitle}>{label}</h2>}
          <PropertyList module={module} record={ticket} fields={names} />
        </section>
      ))}
    </>
  );
}
