import { Button, Menu } from '@mantine/core';
import { IconMailForward, IconMailOff, IconPencil, IconUserCheck, IconUserOff, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { patch, post, remove, useMeta } from '@/api';
import type { Role, Seat } from '@/api';
import { useRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { Avatar, Badge, EmptyState, RelativeTime, RowMenu, SimpleTable, useConfirm } from '@/ui';
import type { SimpleColumn, Tone } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { InviteDialog } from './InviteDialog';
import { SeatDialog } from './SeatDialog';

const tones: Record<Seat['status'], Tone> = { active: 'good', invited: 'warn', disabled: 'neutral' };

/** Who belongs to the organisation, with which role, in which departments. */
export function UsersPage() {
  const { t } = useText();
  const roleLabel = useRoleLabel();
  const people = useSettingsQuery<{ people: Seat[] }>('people');
  const roles = useSettingsQuery<{ roles: Role[] }>('roles').data?.roles ?? [];
  const { departments } = useMeta();
  const write = useSettingsWrite('people');
  const act = useAct();
  const confirm = useConfirm();
  const [is_inviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<Seat | null>(null);

  const handleStatus = async (seat: Seat, status: 'active' | 'disabled') => {
    const is_sure = status === 'active' || (await confirm({
      title: t('settings.users.disable_title', { name: seat.name }),
      body: t('settings.users.disable_help'),
      confirm: t('settings.users.disable'),
    }));
    if (is_sure) await act(() => write((base) => patch(`${base}/people/${seat.agent_id}`, { status })), t('ui.saved'));
  };
  const handleWithdraw = async (seat: Seat) => {
    const is_sure = await confirm({
      title: t('settings.users.withdraw_title', { name: seat.name }),
      body: t('settings.users.withdraw_help'),
      confirm: t('settings.users.withdraw'),
    });
    if (is_sure) await act(() => write((base) => remove(`${base}/people/${seat.agent_id}/invitation`)), t('ui.saved'));
  };
  const roomNames = (ids: string[]) =>
    ids.flatMap((id) => departments.find((department) => department.id === id)?.name ?? []).join(', ');
  const columns: SimpleColumn<Seat>[] = [
    { name: 'name', label: t('settings.users.name'), show: (seat) => <SeatName seat={seat} /> },
    { name: 'role', label: t('settings.users.role'), width: 130, show: (seat) => roleLabel(seat.role.name) },
    { name: 'departments', label: t('settings.users.departments'), show: (seat) => <span className={classes.dim}>{roomNames(seat.department_ids)}</span> },
    { name: 'status', label: t('settings.users.status'), width: 110, show: (seat) => <Badge tone={tones[seat.status]}>{t(`settings.users.status_${seat.status}`)}</Badge> },
    {
      name: 'seen', label: t('settings.users.last_seen'), width: 120,
      show: (seat) => <span className={classes.dim}>{seat.last_seen_at === null ? t('settings.users.never') : <RelativeTime at={seat.last_seen_at} />}</span>,
    },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (seat) => (
        <RowMenu label={t('settings.acts_for', { name: seat.name })}>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setEdited(seat)}>{t('ui.edit')}</Menu.Item>
          {seat.status === 'invited' && (
            <Menu.Item
              leftSection={<IconMailForward size={15} />}
              onClick={() => void act(() => write((base) => post(`${base}/people/${seat.agent_id}/reinvite`)), t('settings.users.invited', { email: seat.email }))}
            >
              {t('settings.users.reinvite')}
            </Menu.Item>
          )}
          {seat.status === 'invited' && (
            <Menu.Item leftSection={<IconMailOff size={15} />} onClick={() => void handleWithdraw(seat)}>{t('settings.users.withdraw')}</Menu.Item>
          )}
          {seat.status === 'disabled'
            ? <Menu.Item leftSection={<IconUserCheck size={15} />} onClick={() => void handleStatus(seat, 'active')}>{t('settings.users.enable')}</Menu.Item>
            : <Menu.Item leftSection={<IconUserOff size={15} />} onClick={() => void handleStatus(seat, 'disabled')}>{t('settings.users.disable')}</Menu.Item>}
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
      {({ people: seats }) => (
        <>
          {seats.length === 0
            ? <EmptyState title={t('settings.users.empty')} />
            : <SimpleTable label={t('settings.users.title')} columns={columns} rows={seats} keyOf={(seat) => seat.agent_id} />}
          <InviteDialog is_open={is_inviting} roles={roles} onClose={() => setInviting(false)} />
          {edited !== null && <SeatDialog seat={edited} roles={roles} onClose={() => setEdited(null)} />}
        </>
      )}
    </SettingsPage>
  );
}

function SeatName({ seat }: { seat: Seat }) {
  return (
    <span className={classes.name}>
      <Avatar name={seat.name} />
      <span className={classes.nameWords}>
        <span className={classes.nameMain}>{seat.name}</span>
        <span className={classes.nameMore}>{seat.email}</span>
      </span>
    </span>
  );
}
