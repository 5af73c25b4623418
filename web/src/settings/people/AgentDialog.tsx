import { MultiSelect, Select } from '@mantine/core';
import { useState } from 'react';
import { patch, useMeta } from '@/api';
import type { Role, ManagedAgent } from '@/api';
import { useRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog, useToast } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import { useDepartmentNote } from './useDepartmentNote';

interface AgentDialogProps {
  agent: ManagedAgent;
  roles: Role[];
  onClose: () => void;
}

/** The role and the departments of a person. */
export function AgentDialog({ agent, roles, onClose }: AgentDialogProps) {
  const { t } = useText();
  const roleLabel = useRoleLabel();
  const { departments } = useMeta();
  const write = useSettingsWrite('people');
  const toast = useToast();
  const [role_id, setRole] = useState(agent.role.id);
  const [department_ids, setDepartments] = useState(agent.department_ids);
  const departmentNote = useDepartmentNote(roles);
  const offered = roles.filter((role) => role.may_give || role.id === agent.role.id);
  const send = async () => {
    await write((base) => patch(`${base}/people/${agent.agent_id}`, { role_id, department_ids }));
    toast.done(t('ui.saved'));
  };
  return (
    <FormDialog title={agent.name} submit_label={t('ui.save')} is_open onClose={onClose} onSubmit={send}>
      {(faultOf) => (
        <>
          <Select
            label={t('settings.users.role')} allowDeselect={false} data={offered.map((role) => ({ value: role.id, label: roleLabel(role.name) }))}
            value={role_id} error={faultOf('role_id')} onChange={(next) => next !== null && setRole(next)}
          />
          {departments.length > 0 && (
            <MultiSelect
              label={t('settings.users.departments')} description={departmentNote(role_id, department_ids)} data={departments.map((each) => ({ value: each.id, label: each.name }))}
              value={department_ids} error={faultOf('department_ids')} onChange={setDepartments}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
