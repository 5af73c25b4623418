import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Link } from 'react-router';
import { get, keys, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { Avatar, useFormat } from '@/ui';
import chart_classes from '@/ui/charts/Charts.module.css';
import classes from './Dashboard.module.css';
import type { HrefBehind } from './useBehind';

interface AgentNow {
  id: string;
  name: string;
  is_here: boolean;
  open: number | null;
  overdue: number | null;
  closed_today: number | null;
}

const look_again_ms = 30_000;

interface AgentsNowProps {
  department: string | null;
  today: string;
  behind: HrefBehind;
}

/** Who is here, and what each has to do right now. */
export function AgentsNow({ department, today, behind }: AgentsNowProps) {
  const { t } = useText();
  const id = useId();
  const org = useOrganisation();
  const { data } = useQuery({
    queryKey: keys.dashboard(org, { agents: department }),
    queryFn: ({ signal }) => get<{ agents: AgentNow[] }>(`/desk/${org}/dashboard/agents`, { department }, signal),
    refetchInterval: look_again_ms,
  });
  if (data === undefined || data.agents.length === 0) return null;
  const here = data.agents.filter((agent) => agent.is_here).length;
  return (
    <section className={chart_classes.card} data-width="whole" aria-labelledby={id}>
      <div className={chart_classes.head}>
        <h2 id={id}>{t('dashboard.agents_now')}</h2>
        <p className={chart_classes.lead} role="status">{t('dashboard.here_count', { here, all: data.agents.length })}</p>
      </div>
      <ul className={classes.agents}>
        {data.agents.map((agent) => (
          <li key={agent.id} className={classes.agent} data-here={agent.is_here || undefined}>
            <Avatar name={agent.name} size="small" />
            <span className={classes.agentName}>
              <span>{agent.name}</span>
              <span className={classes.agentNote}>{t(agent.is_here ? 'dashboard.here' : 'dashboard.away')}</span>
            </span>
            <AgentCount label={t('dashboard.open')} value={agent.open} href={behind({ figure: 'open', owner: agent.id })} name={agent.name} />
            <AgentCount label={t('dashboard.overdue')} value={agent.overdue} href={behind({ figure: 'overdue', owner: agent.id })} name={agent.name} />
            <AgentCount label={t('dashboard.closed_today')} value={agent.closed_today} href={behind({ figure: 'closed', owner: agent.id, from: today, until: today })} name={agent.name} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AgentCount({ label, value, href, name }: { label: string; value: number | null; href: string; name: string }) {
  const format = useFormat();
  if (value === null) return null;
  return (
    <span className={classes.agentCount}>
      <span className={classes.agentNote} aria-hidden="true">{label}</span>
      {value > 0 ? <Link to={href} aria-label={`${name}: ${label} ${format.number(value)}`}>{format.number(value)}</Link> : <span aria-label={`${name}: ${label} 0`} role="img">0</span>}
    </span>
  );
}
