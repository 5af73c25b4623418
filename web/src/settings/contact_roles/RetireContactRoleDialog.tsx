import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useContactRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog, useFormat, useToast } from '@/ui';
import { useContactRoles } from './useContactRoles';
import type { ContactRole } from './useContactRoles';

interface RetireContactRoleDialogProps {
  role: ContactRole;
  others: ContactRole[];
  onClose: () => void;
}

const no_role = '';

/** Asks what the contacts of a role become when it goes. */
export function RetireContactRoleDialog({ role, others, onClose }: RetireContactRoleDialogProps) {
  const { t } = useText();
  const format = useFormat();
  const toast = useToast();
  const roleName = useContactRoleLabel();
  const { retire } = useContactRoles();
  const [target, setTarget] = useState(no_role);
  const [exchanged, setExchanged] = useState(0);
  const handleSubmit = async () => {
    const all = await retire({ id: role.id, target: target === no_role ? null : target }, setExchanged);
    toast.done(t('contact_roles.deleted', { count: all, number: format.number(all), role: roleName(role.name) }));
  };
  return (
    <FormDialog title={t('contact_roles.delete_title', { role: roleName(role.name) })} is_open submit_label={t('ui.delete')} onClose={onClose} onSubmit={handleSubmit}>
      {(faultOf) => (
        <>
          <Text size="sm" c="dimmed">{t('contact_roles.delete_help')}</Text>
          <Select
            label={t('contact_roles.target')} allowDeselect={false} data-autofocus value={target} error={faultOf('target')}
            data={[{ value: no_role, label: t('contact_roles.no_role') }, ...others.map(({ id, name }) => ({ value: id, label: roleName(name) }))]}
            onChange={(id) => setTarget(id ?? no_role)}
          />
          <div role="status">
            {exchanged > 0 && <Text size="sm">{t('contact_roles.exchanged_so_far', { count: exchanged, number: format.number(exchanged) })}</Text>}
          </div>
        </>
      )}
    </FormDialog>
  );
}
