import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useContactRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { useContactRoles } from './useContactRoles';
import type { ContactRole } from './useContactRoles';

const name_chars_max = 100;

interface ContactRoleDialogProps {
  /** The role to change; null for a new one. */
  role: ContactRole | null;
  onClose: () => void;
}

/** A new role, or another name for one. */
export function ContactRoleDialog({ role, onClose }: ContactRoleDialogProps) {
  const { t } = useText();
  const roleName = useContactRoleLabel();
  const { add, change } = useContactRoles();
  const shown = role === null ? '' : roleName(role.name);
  const [name, setName] = useState(shown);
  const handleSubmit = async () => {
    if (role === null) return add(name);
    // The name that it comes with is shown in the person's language; left so, it stays what it is.
    return name.trim() === shown ? undefined : change(role.id, { name });
  };
  return (
    <FormDialog
      title={role === null ? t('contact_roles.new') : t('contact_roles.edit', { name: shown })} is_open submit_label={role === null ? t('ui.create') : t('ui.save')}
      required={{ name }} onClose={onClose} onSubmit={handleSubmit}
    >
      {(faultOf) => (
        <TextInput
          label={t('contact_roles.name')} withAsterisk data-autofocus maxLength={name_chars_max} value={name} error={faultOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}
