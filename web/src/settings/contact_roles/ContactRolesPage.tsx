import { Button, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useContactRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { EmptyState, RowMenu, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { DeleteRow, EditRow } from '../RowActs';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { ContactRoleDialog } from './ContactRoleDialog';
import { RetireContactRoleDialog } from './RetireContactRoleDialog';
import { useContactRoles } from './useContactRoles';
import type { ContactRole } from './useContactRoles';

type Opened = { is: 'new' } | { is: 'edit' | 'delete'; role: ContactRole };

/** What contacts may be in deals, in the order in which it is offered. */
export function ContactRolesPage() {
  const { t } = useText();
  const { query } = useContactRoles();
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  return (
    <SettingsPage
      name="contact_roles" query={query} width="read"
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setOpened({ is: 'new' })}>{t('contact_roles.new')}</Button>}
    >
      {({ contact_roles }) => (
        <>
          {contact_roles.length === 0
            ? <EmptyState title={t('contact_roles.none')}>{t('contact_roles.none_help')}</EmptyState>
            : <RoleTable roles={contact_roles} onOpen={setOpened} />}
          {opened?.is === 'new' && <ContactRoleDialog role={null} onClose={close} />}
          {opened?.is === 'edit' && <ContactRoleDialog role={opened.role} onClose={close} />}
          {opened?.is === 'delete' && <RetireContactRoleDialog role={opened.role} others={contact_roles.filter(({ id }) => id !== opened.role.id)} onClose={close} />}
        </>
      )}
    </SettingsPage>
  );
}

function RoleTable({ roles, onOpen }: { roles: ContactRole[]; onOpen: (opened: Opened) => void }) {
  const { t } = useText();
  const roleName = useContactRoleLabel();
  const { change } = useContactRoles();
  const act = useAct();
  const columns: SimpleColumn<ContactRole>[] = [
    { name: 'name', label: t('contact_roles.name'), show: (role) => roleName(role.name) },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (role) => {
        const place = roles.indexOf(role) + 1;
        const moveTo = (sequence_number: number) => void act(() => change(role.id, { sequence_number }));
        return (
          <RowMenu label={t('settings.acts_for', { name: roleName(role.name) })}>
            <EditRow onClick={() => onOpen({ is: 'edit', role })} />
            {place > 1 && <Menu.Item leftSection={<IconArrowUp size={15} />} onClick={() => moveTo(place - 1)}>{t('settings.statuses.move_up')}</Menu.Item>}
            {place < roles.length && <Menu.Item leftSection={<IconArrowDown size={15} />} onClick={() => moveTo(place + 1)}>{t('settings.statuses.move_down')}</Menu.Item>}
            <DeleteRow onClick={() => onOpen({ is: 'delete', role })} />
          </RowMenu>
        );
      },
    },
  ];
  return <SimpleTable label={t('settings.contact_roles.title')} columns={columns} rows={roles} keyOf={(role) => role.id} />;
}
