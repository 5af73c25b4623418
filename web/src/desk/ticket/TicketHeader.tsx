import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconCheck, IconChevronDown, IconChevronUp, IconRotate } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { RecordData } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { LogCallDialog } from '../calls/LogCallDialog';
import { ResponseDue, TicketDue } from '../common/DueTime';
import { MergeDialog } from '../merge/MergeDialog';
import { TicketBadges } from '../queue/TicketBadges';
import { RatingBadge } from '../ratings/RatingBadge';
import { SharedLine } from '../sharing/SharedLine';
import { SharePanel } from '../sharing/SharePanel';
import { useAccessNews } from '../sharing/useAccessNews';
import { useSharing } from '../sharing/useSharing';
import { MoreActions } from './MoreActions';
import { OwnerMenu } from './OwnerMenu';
import { StatusMenu } from './StatusMenu';
import { SubjectInPlace } from './SubjectInPlace';
import classes from './Ticket.module.css';
import type { useTicketActs } from './useTicketActs';

interface TicketHeaderProps {
  ticket: RecordData;
  acts: ReturnType<typeof useTicketActs>;
}

/** Number, subject, where the ticket stands, and what can be done with it as a whole. */
export function TicketHeader({ ticket, acts }: TicketHeaderProps) {
  const { t } = useText();
  const sharing = useSharing(ticket);
  const [is_sharing, setSharing] = useState(false);
  const [is_calling, setCalling] = useState(false);
  const [is_merging, setMerging] = useState(false);
  useAccessNews(sharing);
  return (
    <header className={classes.header}>
      <div className={classes.headLine}>
        <Tooltip label={t('desk.back_to_queue')}>
          <ActionIcon component={Link} to={acts.queue_address} aria-label={t('desk.back_to_queue')}><IconArrowLeft size={17} /></ActionIcon>
        </Tooltip>
        <span className={classes.number}>#{asText(ticket.number)}</span>
        <SubjectInPlace key={ticket.id} ticket={ticket} />
        {acts.place !== -1 && (
          <span className={classes.steps}>
            <Tooltip label={t('desk.previous_ticket')}>
              <ActionIcon aria-label={t('desk.previous_ticket')} disabled={acts.previous === null} onClick={acts.goPrevious}><IconChevronUp size={17} /></ActionIcon>
            </Tooltip>
            <Tooltip label={t('desk.next_ticket')}>
              <ActionIcon aria-label={t('desk.next_ticket')} disabled={acts.next === null} onClick={acts.goNext}><IconChevronDown size={17} /></ActionIcon>
            </Tooltip>
          </span>
        )}
      </div>
      {sharing !== null && <SharedLine sharing={sharing} onOpen={() => setSharing(true)} />}
      <div className={`${classes.headLine} ${classes.headActs}`}>
        <StatusMenu ticket={ticket} onClosed={acts.goOn} />
        <OwnerMenu ticket={ticket} />
        <span className={classes.badges}>
          <TicketBadges ticket={ticket} />
          <ResponseDue ticket={ticket} />
          <RatingBadge ticket={ticket} />
          <TicketDue ticket={ticket} />
        </span>
        <span className={classes.acts}>
          {ticket.may.includes('close') && (
            <Button variant="default" size="compact-md" leftSection={<IconCheck size={15} />} loading={acts.is_turning} onClick={acts.close}>{t('desk.close')}</Button>
          )}
          {ticket.may.includes('reopen') && (
            <Button variant="default" size="compact-md" leftSection={<IconRotate size={15} />} loading={acts.is_turning} onClick={acts.reopen}>{t('desk.reopen')}</Button>
          )}
          <MoreActions ticket={ticket} onDelete={acts.remove} onShare={() => setSharing(true)} onCall={() => setCalling(true)} onMerge={() => setMerging(true)} />
        </span>
      </div>
      {is_calling && <LogCallDialog ticket={ticket.id} number={asText(ticket.phone) ?? ''} onClose={() => setCalling(false)} />}
      {is_merging && <MergeDialog ticket={ticket} onClose={() => setMerging(false)} />}
      <SharePanel ticket={ticket} is_open={is_sharing} onClose={() => setSharing(false)} />
    </header>
  );
}
