import { Button } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Link } from 'react-router';
import { homeOf, useApp, useOrganisation } from '@/api';
import type { Notification, Signal, WorkSignal } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui';
import classes from './Bell.module.css';
import { SignalLine } from './SignalLine';
import { ToldWords } from './ToldWords';
import { WorkSignalLine } from './WorkSignalLine';
import type { useNotifications } from './useNotifications';

interface NotificationPanelProps {
  notifications: ReturnType<typeof useNotifications>;
  onClose: () => void;
}

/** What I was told, newest first. Following one marks it as read. */
export function NotificationPanel({ notifications, onClose }: NotificationPanelProps) {
  const { t } = useText();
  const { told, unread_count, markRead, markAllRead } = notifications;
  const texts = useApp() === 'desk' ? 'app.notifications' : 'signals';
  const handleRead = (one: Notification | Signal | WorkSignal) => one.read_at === null && markRead(one.id);
  const handleFollow = (one: Notification | Signal | WorkSignal) => {
    handleRead(one);
    onClose();
  };
  return (
    <div className={classes.panel} tabIndex={-1} data-autofocus>
      <div className={classes.head}>
        <h2 className={classes.title}>{t(`${texts}.title`)}</h2>
        {told.data !== undefined && told.data.notifications.length > 0 && (
          // Not `disabled`: it would lose the focus to nowhere by its own press.
          <Button
            variant="subtle" size="compact-sm" className={classes.mark_all} aria-disabled={unread_count === 0}
            onClick={() => unread_count > 0 && markAllRead()}
          >
            {t('app.notifications.mark_all')}
          </Button>
        )}
      </div>
      <div className={classes.scroll}>
        {told.isPending && <RowsSkeleton rows={4} />}
        {told.isError && told.data === undefined && <ErrorState error={told.error} onRetry={() => void told.refetch()} />}
        {told.data?.notifications.length === 0 && (
          <EmptyState icon={<IconBell size={20} />} title={t('app.notifications.empty')}>{t(`${texts}.empty_help`)}</EmptyState>
        )}
        {told.data !== undefined && told.data.notifications.length > 0 && (
          <ul className={classes.list}>
            {told.data.notifications.map((one) => (
              <li key={one.id}>
                <Line one={one} onFollow={() => handleFollow(one)} onRead={() => handleRead(one)} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

interface LineProps<One> {
  one: One;
  onFollow: () => void;
  onRead: () => void;
}

function Line({ one, onFollow, onRead }: LineProps<Notification | Signal | WorkSignal>) {
  if (!('record' in one)) return <NotificationLine one={one} onFollow={onFollow} />;
  return one.work === null ? <SignalLine signal={one} onFollow={onFollow} onRead={onRead} /> : <WorkSignalLine signal={one} onFollow={onFollow} onRead={onRead} />;
}

function NotificationLine({ one, onFollow }: { one: Notification; onFollow: () => void }) {
  const { t } = useText();
  const org = useOrganisation();
  const about = (one.ticket ?? one.activity)?.title ?? '';
  const name = one.by.kind === 'system' ? t('desk.event.system') : one.by.name;
  return (
    <Link className={classes.line} to={`${homeOf(org)}/${one.ticket === null ? 'activities' : `tickets/${one.ticket.id}`}`} data-unread={one.read_at === null || undefined} onClick={onFollow}>
      <ToldWords told={one} what={t(`app.notifications.kind.${one.kind}`, { name, number: String(one.ticket?.number ?? '') })} about={about} />
    </Link>
  );
}
