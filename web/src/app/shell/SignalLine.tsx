import { Anchor, UnstyledButton } from '@mantine/core';
import { IconCheck, IconMail, IconPhone } from '@tabler/icons-react';
import { useRef } from 'react';
import { Link } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import type { Signal } from '@/api';
import { useText } from '@/i18n';
import { useSaveRecord } from '@/records';
import { useToast } from '@/ui';
import classes from './Bell.module.css';
import { ToldWords } from './ToldWords';

interface SignalLineProps {
  signal: Signal;
  onFollow: () => void;
  onRead: () => void;
}

/** A signal of CRM or Bigin, with what can be done about it at once. */
export function SignalLine({ signal, onFollow, onRead }: SignalLineProps) {
  const { t } = useText();
  const org = useOrganisation();
  const { record, person, note } = signal;
  const line = useRef<HTMLAnchorElement>(null);
  /** The button goes away with the open task; the focus stays with its line. */
  const handleDone = () => {
    line.current?.focus();
    onRead();
  };
  const name = signal.by.kind === 'system' ? t('desk.event.system') : signal.by.name;
  const has_acts = signal.may_complete || person?.phone != null || person?.email != null;
  return (
    <div>
      <Link ref={line} className={classes.line} to={`${homeOf(org)}/${record.module}/${record.id}`} data-unread={signal.read_at === null || undefined} onClick={onFollow}>
        <ToldWords told={signal} what={t(`signals.kind.${signal.kind}`, { name })} about={record.title} more={note} />
      </Link>
      {has_acts && (
        <div className={classes.acts}>
          {signal.may_complete && <CompleteButton signal={signal} onDone={handleDone} />}
          {person?.phone != null && (
            <Anchor className={classes.act} href={`tel:${person.phone.replace(/[^+\d]/g, '')}`} aria-label={t('signals.act.call_person', { name: person.title })} onClick={onRead}>
              <IconPhone size={14} aria-hidden="true" />{t('signals.act.call')}
            </Anchor>
          )}
          {person?.email != null && (
            <Anchor className={classes.act} href={`mailto:${person.email}`} aria-label={t('signals.act.mail_person', { name: person.title })} onClick={onRead}>
              <IconMail size={14} aria-hidden="true" />{t('signals.act.mail')}
            </Anchor>
          )}
        </div>
      )}
    </div>
  );
}

function CompleteButton({ signal, onDone }: { signal: Signal; onDone: () => void }) {
  const { t } = useText();
  const toast = useToast();
  const save = useSaveRecord('tasks');
  const handleComplete = () => {
    if (save.isPending) return;
    save.mutate({ id: signal.record.id, changes: { status: 'completed' } }, {
      onSuccess: () => {
        toast.done(t('signals.act.completed', { title: signal.record.title }));
        onDone();
      },
      onError: toast.refused,
    });
  };
  return (
    <UnstyledButton className={classes.act} aria-label={t('signals.act.complete_task', { title: signal.record.title })} onClick={handleComplete}>
      <IconCheck size={14} aria-hidden="true" />{t('signals.act.complete')}
    </UnstyledButton>
  );
}
