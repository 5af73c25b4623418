import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { post } from '@/api';
import type { Role } from '@/api';
import { useRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { useSettingsWrite } from '../useSettings';

const name_chars_max = 60;

interface NewRoleDialogProps {
  /** The role whose rights the new one begins with; null begins with none. */
  original: Role | null;
  hrefOf: (role: Role) => string;
  onClose: () => void;
}

/** Makes a role and opens it. */
export function NewRoleDialog({ original, hrefOf, onClose }: NewRoleDialogProps) {
  const { t } = useText();
  const roleLabel = useRoleLabel();
  const navigate = useNavigate();
  const write = useSettingsWrite('roles');
  const original_name = original === null ? '' : roleLabel(original.name);
  const [name, setName] = useState(original === null ? '' : t('settings.roles.clone_name', { name: original_name }).slice(0, name_chars_max));
  const handleAdd = async () => {
    const { rights, fields, duties } = original ?? {};
    const role = await write((base) => post<Role>(`${base}/roles`, { name, rights, fields, duties }));
    await navigate(hrefOf(role));
  };
  return (
    <FormDialog
      title={original === null ? t('settings.roles.add') : t('settings.roles.clone_title', { name: original_name })} submit_label={t('ui.create')}
      size="sm" is_open required={{ name }} onClose={onClose} onSubmit={handleAdd}
    >
      {(faultOf) => (
        <TextInput
          label={t('settings.roles.name')} data-autofocus withAsterisk value={name} maxLength={name_chars_max}
          error={faultOf('name')} onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}
