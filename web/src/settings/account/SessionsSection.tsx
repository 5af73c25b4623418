import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keys, remove } from '@/api';
import type { OpenSession } from '@/api';
import { useText } from '@/i18n';
import { Badge, ErrorState, RelativeTime, RowsSkeleton, Section, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { useAct } from '../useAct';
import { agentName } from './agent_name';

/** Where I am signed in, and the way out of each place. */
export function SessionsSection() {
  const { t } = useText();
  const cache = useQueryClient();
  const act = useAct();
  const sessions = useQuery({
    queryKey: keys.me('sessions'),
    queryFn: ({ signal }) => get<{ sessions: OpenSession[] }>('/me/sessions', {}, signal),
  });
  const handleEnd = (session: OpenSession) =>
    act(async () => {
      await remove(`/me/sessions/${session.id}`);
      await cache.invalidateQueries({ queryKey: keys.me('sessions') });
    }, t('settings.my_account.session_ended'));
  const columns: SimpleColumn<OpenSession>[] = [
    {
      name: 'agent', label: t('settings.my_account.browser'),
      show: (session) => (
        <span className={classes.nameWords}>
          <span className={classes.nameMain}>{agentName(session.agent)}</span>
          <span className={classes.nameMore}>{session.address}</span>
        </span>
      ),
    },
    { name: 'seen', label: t('settings.users.last_seen'), width: 150, show: (session) => <RelativeTime at={session.last_seen_at} className={classes.dim} /> },
    {
      name: 'acts', label: '', kind: 'acts', width: 120,
      show: (session) => session.current
        ? <Badge tone="good">{t('settings.my_account.this_session')}</Badge>
        : <Button size="compact-sm" variant="default" onClick={() => void handleEnd(session)}>{t('settings.my_account.session_end')}</Button>,
    },
  ];
  return (
    <Section title={t('settings.my_account.sessions')} lead={t('settings.my_account.sessions_lead')}>
      {sessions.isPending && <RowsSkeleton rows={2} />}
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.data && <SimpleTable label={t('settings.my_account.sessions')} columns={columns} rows={sessions.data.sessions} keyOf={(session) => session.id} />}
    </Section>
  );
}
