import { SegmentedControl, Skeleton } from '@mantine/core';
import { useDocumentTitle, useMediaQuery } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useParams } from 'react-router';
import { Refusal, useMeta } from '@/api';
import type { RecordData } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { useRecord } from '@/records';
import { ErrorState } from '@/ui';
import { BackToQueue } from '../common/BackToQueue';
import { Composer } from '../composer/Composer';
import { HeldMails } from '../composer/HeldMails';
import { KeptWords } from '../composer/KeptWords';
import { useComposer } from '../composer/useComposer';
import { MergedNote, MergedTicket } from '../merge/MergedTicket';
import { LostTicket } from '../sharing/LostTicket';
import type { Loss } from '../sharing/LostTicket';
import { standingOn } from '../sharing/shares';
import { TicketSide } from '../side/TicketSide';
import { SpamBanner } from '../spam/SpamBanner';
import { Timeline } from '../timeline/Timeline';
import { DeletedBanner } from './DeletedBanner';
import { PresenceBanner } from './PresenceBanner';
import classes from './Ticket.module.css';
import { TicketHeader } from './TicketHeader';
import { usePresence } from './usePresence';
import { useTicketActs } from './useTicketActs';

/** One ticket: what was said, the answer that is being written, and what is known about it. */
export function TicketPage() {
  const id = useParams().id ?? '';
  const query = useRecord('tickets', id);
  if (query.data) return <TicketScreen key={id} ticket={query.data} loss={lossOf(query.error)} />;
  if (query.error)
    return (
      <div className={classes.page}>
        <div className={classes.missing}><ErrorState error={query.error} onRetry={() => void query.refetch()} action={<BackToQueue />} /></div>
        {lossOf(query.error) !== null && <KeptWords key={id} ticket={id} />}
      </div>
    );
  return <TicketSkeleton />;
}

/** It was here, and the server no longer shows it to me: this ticket, or tickets at all. */
function lossOf(error: Error | null): Loss | null {
  if (!(error instanceof Refusal)) return null;
  if (error.kind === 'forbidden') return 'right';
  return error.kind === 'not_found' ? 'ticket' : null;
}

const no_acts: string[] = [];

function TicketScreen({ ticket: known, loss }: { ticket: RecordData; loss: Loss | null }) {
  const { t } = useText();
  const { me } = useMeta();
  const is_lost = loss !== null;
  const ticket = useMemo(() => (is_lost ? { ...known, may: no_acts } : known), [known, is_lost]);
  useDocumentTitle(is_lost ? `#${asText(ticket.number)} · Tandem` : `#${asText(ticket.number)} ${ticket.title} · Tandem`);
  const is_small = useMediaQuery('(max-width: 1023px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [part, setPart] = useState('talk');
  const is_deleted = (ticket.deleted_at ?? null) !== null;
  const acts = useTicketActs(ticket);
  const composer = useComposer(ticket);
  const others = usePresence(ticket.id, is_deleted || is_lost ? null : composer.is_writing ? 'replying' : 'viewing');
  if (loss !== null)
    return (
      <div className={classes.page}>
        <LostTicket number={asText(ticket.number) ?? ''} reason={loss === 'ticket' && standingOn(known, me).side === 'child' ? 'unshared' : loss} queue_address={acts.queue_address} />
        <Composer ticket={ticket} composer={composer} onClosed={acts.goOn} />
      </div>
    );
  if (asText(ticket.merged_into) !== null) return <MergedTicket ticket={ticket} queue_address={acts.queue_address} />;
  return (
    <div className={classes.page}>
      <TicketHeader ticket={ticket} acts={acts} />
      <MergedNote />
      {is_deleted && <DeletedBanner ticket={ticket} />}
      {asText(ticket.spam_at) !== null && !is_deleted && <SpamBanner ticket={ticket} />}
      <PresenceBanner others={others} />
      {is_small && (
        <SegmentedControl
          className={classes.parts}
          aria-label={t('desk.parts')}
          data={[{ value: 'talk', label: t('desk.timeline') }, { value: 'side', label: t('desk.details') }]}
          value={part}
          onChange={setPart}
        />
      )}
      <div className={classes.columns}>
        {(!is_small || part === 'talk') && (
          <div className={classes.talk}>
            <Timeline ticket={ticket}><HeldMails ticket={ticket.id} /></Timeline>
            <Composer ticket={ticket} composer={composer} onClosed={acts.goOn} />
          </div>
        )}
        {(!is_small || part === 'side') && <TicketSide ticket={ticket} />}
      </div>
    </div>
  );
}

function TicketSkeleton() {
  return (
    <div className={classes.page} aria-hidden="true">
      <div className={classes.header}>
        <Skeleton height={18} width="45%" mb={14} />
        <Skeleton height={22} width={280} />
      </div>
      <div className={classes.columns}>
        <div className={classes.wait}>{[120, 72, 160].map((height) => <Skeleton key={height} height={height} mb={16} radius="md" />)}</div>
      </div>
    </div>
  );
}
