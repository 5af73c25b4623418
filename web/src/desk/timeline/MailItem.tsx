import { ActionIcon, Button, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowsSplit2, IconDots, IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useOrganisation } from '@/api';
import type { ThreadItem } from '@/api';
import { useText } from '@/i18n';
import { Avatar, Badge, RelativeTime } from '@/ui';
import { CallFacts } from '../calls/CallFacts';
import { ChannelIcon } from '../common/ChannelIcon';
import { SplitDialog } from '../merge/SplitDialog';
import { addressName, senderOf } from './addresses';
import { Attachments } from './Attachments';
import { DeliveryFailure, DeliverySign } from './DeliveryNote';
import { MailDetails } from './MailDetails';
import { MailFrame } from './MailFrame';
import { RemoteMailFrame } from './RemoteMailFrame';
import classes from './Timeline.module.css';

interface MailItemProps {
  ticket: string;
  item: ThreadItem;
  /** An older mail shows one line until it is opened. */
  is_folded_first: boolean;
  may_resend: boolean;
  may_split: boolean;
}

/** A mail, or what came in by another channel. */
export function MailItem({ ticket, item, is_folded_first, may_resend, may_split }: MailItemProps) {
  const { t } = useText();
  const org = useOrganisation();
  const [is_open, setOpen] = useState(!is_folded_first);
  const [shows_quote, setQuote] = useState(false);
  const [shows_images, setImages] = useState(false);
  const [is_splitting, setSplitting] = useState(false);
  const sender = senderOf(item.from, item.author.name);
  const name = item.author.name === '' ? addressName(sender) : item.author.name;
  const frame_title = t('desk.mail.frame', { name });
  const has_quote = (item.quoted_html ?? '') !== '';
  const who = (
    <>
      <Avatar name={name} />
      <span className={classes.name}>{name}</span>
    </>
  );
  const facts = (
    <span className={classes.facts}>
      {item.is_private === true && <Badge tone="note">{t('desk.mail.private')}</Badge>}
      {item.is_auto_reply && <Badge>{t('desk.mail.auto_reply')}</Badge>}
      {item.is_forward && <Badge>{t('desk.mail.forward')}</Badge>}
      {item.delivery && <DeliverySign delivery={item.delivery} />}
      <ChannelIcon channel={item.channel} />
      <RelativeTime at={item.at} className={classes.faint} />
      {may_split && is_open && (
        <Tooltip label={t('merge.split.action')}>
          <ActionIcon size="sm" aria-label={t('merge.split.action_of', { name })} onClick={() => setSplitting(true)}><IconArrowsSplit2 size={15} /></ActionIcon>
        </Tooltip>
      )}
    </span>
  );
  if (!is_open)
    return (
      <UnstyledButton className={classes.folded} onClick={() => setOpen(true)} aria-expanded={false}>
        {who}
        <span className={classes.preview1}>{item.text_preview}</span>
        {facts}
      </UnstyledButton>
    );
  return (
    <article className={classes.mail} data-direction={item.direction} aria-label={frame_title}>
      <header className={classes.head}>
        {who}
        <MailDetails ticket={ticket} item={item} sender={sender} />
        {facts}
      </header>
      {item.call && <CallFacts call={item.call} direction={item.direction} className={classes.images} />}
      <DeliveryFailure ticket={ticket} thread={item} may_resend={may_resend} />
      {item.has_remote_images && !shows_images && (
        <div className={classes.images}>
          <IconPhotoOff size={15} aria-hidden="true" />
          <span>{t('desk.mail.images_blocked')}</span>
          <Button size="compact-xs" variant="default" onClick={() => setImages(true)}>{t('desk.mail.images_show')}</Button>
        </div>
      )}
      <div className={classes.body}>
        {shows_images
          ? <RemoteMailFrame title={frame_title} address={`/native/desk/${org}/tickets/${ticket}/threads/${item.id}/body?images=1`} />
          : <MailFrame title={frame_title} html={item.html} />}
        {has_quote && !shows_images && (
          <UnstyledButton className={classes.quoteToggle} aria-expanded={shows_quote} aria-label={t(shows_quote ? 'desk.mail.quote_hide' : 'desk.mail.quote_show')} onClick={() => setQuote(!shows_quote)}>
            <IconDots size={16} aria-hidden="true" />
          </UnstyledButton>
        )}
        {has_quote && shows_quote && !shows_images && <MailFrame title={t('desk.mail.quote_frame', { name })} html={item.quoted_html ?? ''} />}
      </div>
      <Attachments files={item.attachments} />
      {is_splitting && <SplitDialog ticket={ticket} item={item} onClose={() => setSplitting(false)} />}
    </article>
  );
}
