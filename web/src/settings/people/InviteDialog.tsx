import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post, useMeta } from '@/api';
import type { Role } from '@/api';
import { useRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog, useToast } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import { useDepartmentNote } from './useDepartmentNote';

interface InviteDialogProps {
  is_open: boolean;
  roles: Role[];
  onClose: () => void;
}

const nobody = { email: '', name: '', role_id: null, department_ids: [] };

/** Invites a person by mail. */
export function InviteDialog({ is_open, roles, onClose }: InviteDialogProps) {
  const { t } = useText();
  const roleLabel = useRoleLabel();
  const { departments } = useMeta();
  const write = useSettingsWrite('people');
  const toast = useToast();
  const [form, setForm] = useState<{ email: string; name: string; role_id: string | null; department_ids: string[] }>(nobody);
  const set = (changes: Partial<typeof form>) => setForm((before) => ({ ...before, ...changes }));
  const departmentNote = useDepartmentNote(roles);
  const close = () => {
    setForm(nobody);
    onClose();
  };
  const send = async () => {
    await write((base) => post(`${base}/people`, form));
    toast.done(t('settings.users.invited', { email: form.email }));
  };
  return (
    <FormDialog
      title={t('settings.users.invite')} submit_label={t('settings.users.send_invitation')} is_open={is_open} onClose={close} onSubmit={send}
      required={{ email: form.email, name: form.name, role_id: form.role_id }}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('settings.users.email')} type="email" withAsterisk data-autofocus autoComplete="off"
            value={form.email} error={faultOf('email')} onChange={(event) => set({ email: event.currentTarget.value })}
          />
          <TextInput
            label={t('settings.users.name')} withAsterisk autoComplete="off"
            value={form.name} error={faultOf('name')} onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Select
            label={t('settings.users.role')} withAsterisk data={roles.filter((role) => role.may_give).map((role) => ({ value: role.id, label: roleLabel(role.name) }))}
            value={form.role_id} error={faultOf('role_id')} onChange={(role_id) => set({ role_id })}
          />
          {departments.length > 0 && (
            <MultiSelect
              label={t('settings.users.departments')} description={departmentNote(form.role_id, form.department_ids)} data={departments.map((each) => ({ value: each.id, label: each.name }))}
              value={form.department_ids} error={faultOf('department_ids')} onChange={(department_ids) => set({ department_ids })}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
