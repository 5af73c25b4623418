import { Button } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Refusal, useMeta } from '@/api';
import { useText } from '@/i18n';
import { Avatar, useFormat, useRefusalText } from '@/ui';
import { MailFrame } from '../timeline/MailFrame';
import classes from '../timeline/Timeline.module.css';
import type { HeldMail } from './held_replies';
import { useOutbox } from './Outbox';
import { addressOf, nameOf } from './recipients';

const tick_ms = 250;

/** Mails of this ticket that wait their moment, at the end of the conversation where they will stand. */
export function HeldMails({ ticket }: { ticket: string }) {
  const { held, undo } = useOutbox();
  return held
    .filter((mail) => mail.ticket === ticket)
    .map((mail) => <HeldMailItem key={mail.key} mail={mail} onUndo={() => undo(mail)} />);
}

function HeldMailItem({ mail, onUndo }: { mail: HeldMail; onUndo: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const { me } = useMeta();
  const refusalText = useRefusalText();
  const seconds = useSecondsUntil(mail.due_at);
  const people = [...mail.letter.to, ...mail.letter.cc].map((each) => nameOf(each) || addressOf(each));
  const files = mail.files.filter((file) => !file.is_inline);
  return (
    <article className={classes.mail} data-direction="out" data-held aria-label={t('desk.compose.held')}>
      <header className={classes.head}>
        <Avatar name={me.name} />
        <span className={classes.name}>{me.name}</span>
        <span className={classes.to}><span className={classes.clip}>{t('desk.mail.to_line', { names: format.list(people) })}</span></span>
        <span className={classes.facts}>
          {mail.refusal === null ? (
            <span className={classes.delivery}>
              <IconClock size={13} aria-hidden="true" />
              {mail.is_going || seconds === 0 ? t('desk.compose.going') : t('desk.compose.goes_in', { seconds })}
            </span>
          ) : <span className={classes.delivery} data-state="failed" role="alert"><IconAlertTriangle size={13} aria-hidden="true" />{t('desk.compose.not_sent')}</span>}
          {!mail.is_going && <Button size="compact-sm" variant="default" onClick={onUndo}>{t(mail.refusal === null ? 'ui.undo' : 'desk.compose.back_to_draft')}</Button>}
        </span>
      </header>
      <div className={classes.body}>
        {mail.refusal !== null && <p className={classes.faint}>{refusalText(new Refusal({ ...mail.refusal, kind: 'conflict', faults: [] }))}</p>}
        <MailFrame title={t('desk.mail.frame', { name: me.name })} html={mail.letter.html} />
        {files.length > 0 && <span className={classes.faint}>{format.list(files.map((file) => file.name))}</span>}
      </div>
    </article>
  );
}

function useSecondsUntil(due_at: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), tick_ms);
    return () => window.clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((due_at - now) / 1000));
}
