import { Button, Menu } from '@mantine/core';
import { IconCopy, IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import type { Role, ManagedAgent } from '@/api';
import { useRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { Badge, RowMenu, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useSettingsQuery } from '../useSettings';
import { DeleteRow } from '../RowActs';
import { useDelete } from '../useDelete';
import { NewRoleDialog } from './NewRoleDialog';

/** The roles; each opens its table of rights. */
export function RolesPage() {
  const { t } = useText();
  const roleLabel = useRoleLabel();
  const org = useOrganisation();
  const roles = useSettingsQuery<{ roles: Role[] }>('roles');
  const people = useSettingsQuery<{ people: ManagedAgent[] }>('people').data?.people ?? [];
  const deleteAt = useDelete('roles');
  const [added, setAdded] = useState<{ original: Role | null } | null>(null);
  const hrefOf = (role: Role) => `${homeOf(org)}/settings/roles/${role.id}`;

  const handleDelete = (role: Role) => deleteAt(`roles/${role.id}`, { title: t('settings.roles.delete_title', { name: roleLabel(role.name) }), body: t('settings.roles.delete_help') });
  const columns: SimpleColumn<Role>[] = [
    { name: 'name', label: t('settings.roles.name'), show: (role) => <Link className={classes.nameMain} to={hrefOf(role)}>{roleLabel(role.name)}</Link> },
    { name: 'kind', label: t('settings.roles.kind'), width: 160, show: (role) => <Badge tone={role.is_system ? 'neutral' : 'accent'}>{t(role.is_system ? 'settings.roles.kind_system' : 'settings.roles.kind_custom')}</Badge> },
    { name: 'people', label: t('settings.users.title'), width: 110, show: (role) => people.filter((agent) => agent.role.id === role.id).length },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (role) => (
        <RowMenu label={t('settings.acts_for', { name: roleLabel(role.name) })}>
          <Menu.Item component={Link} to={hrefOf(role)} leftSection={<IconPencil size={15} />}>{t('settings.roles.open')}</Menu.Item>
          {role.may_give && (
            <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => setAdded({ original: role })}>{t('settings.roles.clone')}</Menu.Item>
          )}
          {!role.is_system && (
            <DeleteRow onClick={() => void handleDelete(role)} />
          )}
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="roles"
      query={roles}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setAdded({ original: null })}>{t('settings.roles.add')}</Button>}
    >
      {(data) => (
        <>
          <SimpleTable label={t('settings.roles.title')} columns={columns} rows={data.roles} keyOf={(role) => role.id} />
          {added !== null && <NewRoleDialog original={added.original} hrefOf={hrefOf} onClose={() => setAdded(null)} />}
        </>
      )}
    </SettingsPage>
  );
}
