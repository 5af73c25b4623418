import { Drawer } from '@mantine/core';
import { useState } from 'react';
import type { RecordData } from '@/api';
import { asLinked, asText } from '@/fields';
import { useText } from '@/i18n';
import { AddShares } from './AddShares';
import { ShareList } from './ShareList';
import classes from './Sharing.module.css';

interface SharePanelProps {
  ticket: RecordData;
  is_open: boolean;
  onClose: () => void;
}

/** Who has the ticket, and what they may do with it. Only who may share it finds anything to press. */
export function SharePanel({ ticket, is_open, onClose }: SharePanelProps) {
  const { t } = useText();
  const may_share = ticket.may.includes('share');
  // Taking it back is possible when giving is not: sharing is off, or the ticket went on to another one.
  const may_unshare = ticket.may.includes('unshare');
  /** A question stands over the panel: its keys are not the panel's. */
  const [is_asking, setAsking] = useState(false);
  return (
    <Drawer
      opened={is_open}
      onClose={onClose}
      position="right"
      size={440}
      title={t(may_share ? 'desk.share.title' : 'desk.share.details')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      closeOnEscape={!is_asking}
      overlayProps={{ backgroundOpacity: 0.32, blur: 1 }}
      transitionProps={{ duration: 160 }}
      classNames={{ inner: classes.inner, title: classes.title, body: classes.body }}
    >
      <div className={classes.panel}>
        <div className={classes.about}>
          <span className={classes.subject}>#{asText(ticket.number)} {ticket.title}</span>
          <span className={classes.help}>{t('desk.share.belongs', { department: asLinked(ticket.department)?.title ?? '' })}</span>
        </div>
        {may_share && <AddShares ticket={ticket} />}
        <ShareList ticket={ticket} may_share={may_share} may_unshare={may_unshare} onAsk={setAsking} />
        <p className={classes.note}>{t('desk.share.one_ticket')}</p>
      </div>
    </Drawer>
  );
}
