import { Button, Menu, TextInput } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { post, useOrganisation } from '@/api';
import type { Role, ManagedAgent } from '@/api';
import { useRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { Badge, FormDialog, RowMenu, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { DeleteRow } from '../RowActs';
import { useDelete } from '../useDelete';

/** The roles; each opens its table of rights. */
export function RolesPage() {
  const { t } = useText();
  const roleLabel = useRoleLabel();
  const org = useOrganisation();
  const navigate = useNavigate();
  const roles = useSettingsQuery<{ roles: Role[] }>('roles');
  const people = useSettingsQuery<{ people: ManagedAgent[] }>('people').data?.people ?? [];
  const write = useSettingsWrite('roles');
  const deleteAt = useDelete('roles');
  const [is_adding, setAdding] = useState(false);
  const [name, setName] = useState('');
  const hrefOf = (role: Role) => `/desk/${org}/settings/roles/${role.id}`;

  const handleDelete = (role: Role) => deleteAt(`roles/${role.id}`, { title: t('settings.roles.delete_title', { name: roleLabel(role.name) }), body: t('settings.roles.delete_help') });
  const handleAdd = async () => {
    const role = await write((base) => post<Role>(`${base}/roles`, { name }));
    await navigate(hrefOf(role));
  };
  const columns: SimpleColumn<Role>[] = [
    { name: 'name', label: t('settings.roles.name'), show: (role) => <Link className={classes.nameMain} to={hrefOf(role)}>{roleLabel(role.name)}</Link> },
    { name: 'kind', label: t('settings.roles.kind'), width: 160, show: (role) => <Badge tone={role.is_system ? 'neutral' : 'accent'}>{t(role.is_system ? 'settings.roles.kind_system' : 'settings.roles.kind_custom')}</Badge> },
    { name: 'people', label: t('settings.users.title'), width: 110, show: (role) => people.filter((agent) => agent.role.id === role.id).length },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (role) => (
        <RowMenu label={t('settings.acts_for', { name: roleLabel(role.name) })}>
          <Menu.Item component={Link} to={hrefOf(role)} leftSection={<IconPencil size={15} />}>{t('settings.roles.open')}</Menu.Item>
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
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>{t('settings.roles.add')}</Button>}
    >
      {(data) => (
        <>
          <SimpleTable label={t('settings.roles.title')} columns={columns} rows={data.roles} keyOf={(role) => role.id} />
          <FormDialog title={t('settings.roles.add')} submit_label={t('ui.create')} size="sm" is_open={is_adding} required={{ name }} onClose={() => setAdding(false)} onSubmit={handleAdd}>
            {(faultOf) => (
              <TextInput
                label={t('settings.roles.name')} data-autofocus withAsterisk value={name} maxLength={120}
                error={faultOf('name')} onChange={(event) => setName(event.currentTarget.value)}
              />
            )}
          </FormDialog>
        </>
      )}
    </SettingsPage>
  );
}
