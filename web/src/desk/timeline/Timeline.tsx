import { Button, Loader, Skeleton } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, ErrorState } from '@/ui';
import { CommentItem } from './CommentItem';
import { EventLine } from './EventLine';
import { MailItem } from './MailItem';
import classes from './Timeline.module.css';
import { useKeepPlace } from './useKeepPlace';
import { useTimeline } from './useTimeline';

/** So many of the newest mails stand open; older ones are a line each. */
const open_mails = 3;

interface TimelineProps {
  ticket: RecordData;
  /** Stands at the end: what is about to be said. */
  children?: ReactNode;
}

/** Everything that was said and done on a ticket, the newest at the bottom. */
export function Timeline({ ticket, children }: TimelineProps) {
  const { t } = useText();
  const timeline = useTimeline(ticket.id);
  const { items, has_older, is_fetching_older, fetchOlder } = timeline;
  const place = useKeepPlace({ count: items.length, has_older, fetchOlder });
  const open = useMemo(() => {
    const mails = items.filter((item) => item.type === 'thread');
    return new Set(mails.slice(-open_mails).map((item) => item.id));
  }, [items]);
  const mails = items.filter((item) => item.type === 'thread').length;
  return (
    <section className={classes.scroll} ref={place.scroll} onScroll={place.handleScroll} tabIndex={0} aria-label={t('desk.timeline')}>
      <div className={classes.column} ref={place.content}>
        {timeline.error !== null && <ErrorState error={timeline.error} onRetry={() => void timeline.reload()} />}
        {timeline.is_loading && <TimelineSkeleton />}
        {has_older && (
          <div className={classes.older}>
            {is_fetching_older ? <Loader size="xs" /> : <Button size="compact-sm" variant="subtle" onClick={fetchOlder}>{t('desk.older')}</Button>}
          </div>
        )}
        {!timeline.is_loading && timeline.error === null && items.length === 0 && (
          <EmptyState icon={<IconMessages size={22} />} title={t('desk.timeline_empty')} />
        )}
        {items.map((item) =>
          item.type === 'event' ? <EventLine key={item.id} ticket={ticket.id} item={item} />
          : item.type === 'comment' ? <CommentItem key={item.id} ticket={ticket.id} item={item} />
          : <MailItem key={item.id} ticket={ticket.id} item={item} is_folded_first={!open.has(item.id)} may_split={ticket.may.includes('split') && mails > 1} may_resend={ticket.may.includes(item.is_forward ? 'forward' : 'reply')} />)}
        {children}
      </div>
    </section>
  );
}

function TimelineSkeleton() {
  return (
    <div aria-hidden="true">
      {[120, 72, 160].map((height) => <Skeleton key={height} height={height} mb={16} radius="md" />)}
    </div>
  );
}
