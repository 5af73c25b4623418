import { Button, Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { RowMenu, useConfirm, useFormat } from '@/ui';
import { hoursAndMinutes } from './duration';
import { Stopwatch } from './Stopwatch';
import classes from './Time.module.css';
import { TimeDialog } from './TimeDialog';
import { useTicketTime } from './useTicketTime';
import type { TimeEntry } from './useTicketTime';

type Asked = { what: 'log' } | { what: 'stop'; seconds: number } | { what: 'edit'; entry: TimeEntry } | null;

/** The time that people worked on a ticket, and one's own stopwatch. */
export function TimeCard({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const confirm = useConfirm();
  const time = useTicketTime(ticket.id);
  const [asked, setAsked] = useState<Asked>(null);
  const [is_open, setOpen] = useState(false);
  const may_log = ticket.may.includes('log_time');
  const may_correct = ticket.may.includes('correct_time');
  const data = time.known.data;
  if (data === undefined || (!may_log && data.totals.count === 0 && data.timer === null)) return null;
  const handleDrop = async () => {
    if (await confirm({ title: t('time.drop_title'), body: t('time.drop_help'), confirm: t('time.drop') })) time.drop();
  };
  const handleRemove = async (entry: TimeEntry) => {
    if (await confirm({ title: t('time.remove_title'), body: `${entry.agent.title} · ${hoursAndMinutes(entry.seconds)}`, confirm: t('ui.delete') })) time.removeEntry(entry.id);
  };
  return (
    <section className={classes.card} aria-label={t('time.title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('time.title')}</h2>
        <span className={classes.total}>{t('time.total', { total: hoursAndMinutes(data.totals.seconds), billable: hoursAndMinutes(data.totals.billable_seconds) })}</span>
      </div>
      {(may_log || data.timer !== null) && (
        <div className={classes.acts}>
          <Stopwatch
            timer={data.timer} seen_at={time.known.dataUpdatedAt} is_changing={time.is_changing}
            onStart={time.start} onPause={time.pause} onStop={(seconds) => setAsked({ what: 'stop', seconds })} onDrop={() => void handleDrop()}
          />
          {may_log && <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setAsked({ what: 'log' })}>{t('time.log')}</Button>}
        </div>
      )}
      {data.totals.count > 0 && (
        <div>
          <UnstyledButton className={classes.toggle} aria-expanded={is_open} onClick={() => setOpen(!is_open)}>
            {is_open ? <IconChevronDown size={14} aria-hidden="true" /> : <IconChevronRight size={14} aria-hidden="true" />}
            {t('time.entries', { count: data.totals.count })}
          </UnstyledButton>
          {is_open && (
            <ul className={classes.entries}>
              {data.entries.map((entry) => (
                <EntryLine key={entry.id} entry={entry} onEdit={() => setAsked({ what: 'edit', entry })} onRemove={() => void handleRemove(entry)} />
              ))}
            </ul>
          )}
        </div>
      )}
      {asked?.what === 'log' && <TimeDialog title={t('time.log')} entry={null} may_choose_agent={may_correct} onClose={() => setAsked(null)} onSave={time.log} />}
      {asked?.what === 'stop' && <TimeDialog title={t('time.stop')} entry={null} measured={asked.seconds} may_choose_agent={false} onClose={() => setAsked(null)} onSave={time.stop} />}
      {asked?.what === 'edit' && (
        <TimeDialog
          title={t('time.edit')} entry={asked.entry} may_choose_agent={may_correct} onClose={() => setAsked(null)}
          onSave={(draft) => time.edit(asked.entry.id, draft)}
        />
      )}
    </section>
  );
}

function EntryLine({ entry, onEdit, onRemove }: { entry: TimeEntry; onEdit: () => void; onRemove: () => void }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <li className={classes.entry}>
      <span className={classes.words}>
        <span><b>{hoursAndMinutes(entry.seconds)}</b> {entry.agent.title}{!entry.is_billable && <span className={classes.dim}> · {t('time.not_billable')}</span>}</span>
        {entry.note !== '' && <span className={classes.note}>{entry.note}</span>}
        <span className={classes.dim}>{format.shortInstant(entry.worked_at)}</span>
      </span>
      {entry.may.includes('update') && (
        <RowMenu label={t('time.acts_of', { name: entry.agent.title, length: hoursAndMinutes(entry.seconds) })}>
          <Menu.Item onClick={onEdit}>{t('ui.edit')}</Menu.Item>
          <Menu.Item onClick={onRemove}>{t('ui.delete')}</Menu.Item>
        </RowMenu>
      )}
    </li>
  );
}
