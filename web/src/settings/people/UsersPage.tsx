import { Button, Menu } from '@mantine/core';
import { IconMailForward, IconMailOff, IconUserCheck, IconUserOff, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { patch, post, remove, useMeta } from '@/api';
import type { Role, ManagedAgent } from '@/api';
import { useRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { Avatar, Badge, EmptyState, RelativeTime, RowMenu, SimpleTable, useConfirm, useFormat } from '@/ui';
import type { SimpleColumn, Tone } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { InviteDialog } from './InviteDialog';
import { AgentDialog } from './AgentDialog';
import { EditRow } from '../RowActs';

const tones: Record<ManagedAgent['status'], Tone> = { active: 'good', invited: 'warn', disabled: 'neutral' };

/** Who belongs to the organisation, with which role, in which departments. */
export function UsersPage() {
  const { t } = useText();
  const roleLabel = useRoleLabel();
  const people = useSettingsQuery<{ people: ManagedAgent[] }>('people');
  const roles = useSettingsQuery<{ roles: Role[] }>('roles').data?.roles ?? [];
  const { departments } = useMeta();
  const write = useSettingsWrite('people');
  const act = useAct();
  const confirm = useConfirm();
  const { series } = useFormat();
  const [is_inviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<ManagedAgent | null>(null);

  const handleStatus = async (agent: ManagedAgent, status: 'active' | 'disabled') => {
    const is_sure = status === 'active' || (await confirm({
      title: t('settings.users.disable_title', { name: agent.name }),
      body: t('settings.users.disable_help'),
      confirm: t('settings.users.disable'),
    }));
    if (is_sure) await act(() => write((base) => patch(`${base}/people/${agent.agent_id}`, { status })), t('ui.saved'));
  };
  const handleWithdraw = async (agent: ManagedAgent) => {
    const is_sure = await confirm({
      title: t('settings.users.withdraw_title', { name: agent.name }),
      body: t('settings.users.withdraw_help'),
      confirm: t('settings.users.withdraw'),
    });
    if (is_sure) await act(() => write((base) => remove(`${base}/people/${agent.agent_id}/invitation`)), t('ui.saved'));
  };
  const roomNames = (ids: string[]) =>
    series(ids.flatMap((id) => departments.find((department) => department.id === id)?.name ?? []));
  const columns: SimpleColumn<ManagedAgent>[] = [
    { name: 'name', label: t('settings.users.name'), show: (agent) => <AgentName agent={agent} /> },
    { name: 'role', label: t('settings.users.role'), width: 130, show: (agent) => roleLabel(agent.role.name) },
    ...(departments.length === 0 ? [] : [{ name: 'departments', label: t('settings.users.departments'), show: (agent: ManagedAgent) => <span className={classes.dim}>{roomNames(agent.department_ids)}</span> }]),
    { name: 'status', label: t('settings.users.status'), width: 110, show: (agent) => <Badge tone={tones[agent.status]}>{t(`settings.users.status_${agent.status}`)}</Badge> },
    {
      name: 'seen', label: t('settings.users.last_seen'), width: 120,
      show: (agent) => <span className={classes.dim}>{agent.last_seen_at === null ? t('settings.users.never') : <RelativeTime at={agent.last_seen_at} />}</span>,
    },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (agent) => (
        <RowMenu label={t('settings.acts_for', { name: agent.name })}>
          <EditRow onClick={() => setEdited(agent)} />
          {agent.status === 'invited' && (
            <Menu.Item
              leftSection={<IconMailForward size={15} />}
              onClick={() => void act(() => write((base) => post(`${base}/people/${agent.agent_id}/reinvite`)), t('settings.users.invited', { email: agent.email }))}
            >
              {t('settings.users.reinvite')}
            </Menu.Item>
          )}
          {agent.status === 'invited' && (
            <Menu.Item leftSection={<IconMailOff size={15} />} onClick={() => void handleWithdraw(agent)}>{t('settings.users.withdraw')}</Menu.Item>
          )}
          {agent.status === 'disabled'
            ? <Menu.Item leftSection={<IconUserCheck size={15} />} onClick={() => void handleStatus(agent, 'active')}>{t('settings.users.enable')}</Menu.Item>
            : <Menu.Item leftSection={<IconUserOff size={15} />} onClick={() => void handleStatus(agent, 'disabled')}>{t('settings.users.disable')}</Menu.Item>}
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="users"
      query={people}
      actions={<Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>{t('settings.users.invite')}</Button>}
    >
      {({ people: agents }) => (
        <>
          {agents.length === 0
            ? <EmptyState title={t('settings.users.empty')} />
            : <SimpleTable label={t('settings.users.title')} columns={columns} rows={agents} keyOf={(agent) => agent.agent_id} />}
          <InviteDialog is_open={is_inviting} roles={roles} onClose={() => setInviting(false)} />
          {edited !== null && <AgentDialog agent={edited} roles={roles} onClose={() => setEdited(null)} />}
        </>
      )}
    </SettingsPage>
  );
}

function AgentName({ agent }: { agent: ManagedAgent }) {
  return (
    <span className={classes.name}>
      <Avatar name={agent.name} />
      <span className={classes.nameWords}>
        <span className={classes.nameMain}>{agent.name}</span>
        <span className={classes.nameMore}>{agent.email}</span>
      </span>
    </span>
  );
}
