import { UnstyledButton } from '@mantine/core';
import { IconBuilding, IconChevronDown, IconChevronRight, IconMail, IconPhone, IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { condition, useMay, useOrganisation } from '@/api';
import type { Linked } from '@/api';
import { asNames, asText, RecordLink } from '@/fields';
import { useText } from '@/i18n';
import { useRecord, useRecords } from '@/records';
import { Avatar, StatusBadge } from '@/ui';
import { useStatuses } from '../common/useStatuses';
import classes from './Side.module.css';

interface PersonCardProps {
  module: 'contacts' | 'accounts';
  linked: Linked;
  /** The ticket that is on the screen: it is not one of the others. */
  ticket: string;
}

const tickets_shown_max = 6;

/** The contact or the account of a ticket: how to reach them and what else they asked. */
export function PersonCard({ module, linked, ticket }: PersonCardProps) {
  const { t } = useText();
  const may_read = useMay('read', module);
  const { data: record } = useRecord(module, linked.id, { is_asked: may_read });
  const email = asText(record?.email) ?? linked.email ?? null;
  const second = asText(record?.secondary_email);
  const emails = [email, second, ...asNames(record?.other_emails)].filter((each) => each !== null);
  const phones = [asText(record?.phone), asText(record?.mobile), ...asNames(record?.other_phones)].filter((each) => each !== null);
  const website = asText(record?.website);
  return (
    <section className={classes.card} aria-label={linked.title}>
      <div className={classes.cardHead}>
        {module === 'contacts' ? <Avatar name={linked.title} size="large" /> : <span className={classes.sign} aria-hidden="true"><IconBuilding size={18} /></span>}
        <div className={classes.cardWords}>
          <RecordLink className={classes.cardName} module={module} id={linked.id}>{linked.title}</RecordLink>
          <span className={classes.dim}>{asText(record?.job_title) ?? asText(record?.industry)}</span>
        </div>
      </div>
      {[...new Set(emails)].map((each) => <a key={each} className={classes.reach} href={`mailto:${each}`}><IconMail size={14} aria-hidden="true" /><span>{each}</span></a>)}
      {[...new Set(phones)].map((each) => <a key={each} className={classes.reach} href={`tel:${each}`}><IconPhone size={14} aria-hidden="true" /><span>{each}</span></a>)}
      {website !== null && /^https?:/.test(website) && (
        <a className={classes.reach} href={website} target="_blank" rel="noopener noreferrer"><IconWorld size={14} aria-hidden="true" /><span>{website.replace(/^https?:\/\//, '')}</span></a>
      )}
      <OtherTickets field={module === 'contacts' ? 'contact' : 'account'} id={linked.id} ticket={ticket} label={t(module === 'contacts' ? 'desk.other_tickets_contact' : 'desk.other_tickets_account')} />
    </section>
  );
}

function OtherTickets({ field, id, ticket, label }: { field: string; id: string; ticket: string; label: string }) {
  const { t } = useText();
  const org = useOrganisation();
  const statuses = useStatuses();
  const [is_open, setOpen] = useState(false);
  const filter = condition(field, 'is', id);
  const list = useRecords('tickets', { filter, sort: '-created_at' });
  const others = list.records.filter((record) => record.id !== ticket);
  // What is only shared with my department stands in no list, so that it is not among them.
  const is_among_them = list.has_more || others.length < list.records.length;
  const count = (list.count ?? list.records.length) - (is_among_them ? 1 : 0);
  if (list.is_loading || count <= 0) return <span className={classes.dim}>{list.is_loading ? '' : t('desk.no_other_tickets')}</span>;
  return (
    <div>
      <UnstyledButton className={classes.toggle} aria-expanded={is_open} onClick={() => setOpen(!is_open)}>
        {is_open ? <IconChevronDown size={14} aria-hidden="true" /> : <IconChevronRight size={14} aria-hidden="true" />}
        {label} <span className={classes.dim}>{count}{list.count_is_exact ? '' : '+'}</span>
      </UnstyledButton>
      {is_open && (
        <ul className={classes.others}>
          {others.slice(0, tickets_shown_max).map((record) => {
            const status = statuses.find(record.status);
            return (
              <li key={record.id}>
                <Link to={`/desk/${org}/tickets/${record.id}`} className={classes.other}>
                  <span className={classes.otherTitle}>{record.title}</span>
                  <StatusBadge label={status.label} type={status.type} look="plain" />
                </Link>
              </li>
            );
          })}
          {count > tickets_shown_max && (
            <li><Link className={classes.other} to={`/desk/${org}/tickets?view=all&filter=${encodeURIComponent(JSON.stringify(filter))}`}>{t('desk.all_of_them', { count })}</Link></li>
          )}
        </ul>
      )}
    </div>
  );
}
