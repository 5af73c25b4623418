import { Alert, Button, Group, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { patch, useMeta } from '@/api';
import type { FieldChoices, Role } from '@/api';
import { useText } from '@/i18n';
import { Section } from '@/ui';
import { useAct } from '../useAct';
import { useSettingsWrite } from '../useSettings';
import { DutyList } from './DutyList';
import { FieldRights } from './FieldRights';
import { RightsTable } from './RightsTable';
import { keepRoleDraft, recallRoleDraft } from './role_draft';
import classes from './Roles.module.css';

/** Changes a role as a draft and saves it in one go. Roles of the product can only be looked at. */
export function RoleEditor({ role, choices }: { role: Role; choices: FieldChoices }) {
  const { t } = useText();
  const write = useSettingsWrite('roles', 'people');
  const act = useAct();
  const { agent_id } = useMeta().me;
  const [draft, setDraft] = useState(() => recallRoleDraft(agent_id, role));
  useEffect(() => keepRoleDraft(agent_id, role, draft), [agent_id, role, draft]);
  const is_fixed = role.is_system;
  const is_changed = JSON.stringify(draft) !== JSON.stringify(role);
  const { name, rights, fields, duties = [] } = draft;
  const handleSave = () =>
    act(() => write((base) => patch(`${base}/roles/${role.id}`, { name, rights, fields, duties })), t('ui.saved'));
  return (
    <>
      {is_fixed
        ? <Alert color="gray" mb="md">{t('settings.roles.fixed')}</Alert>
        : (
          <Section title={t('settings.roles.name')}>
            <TextInput
              aria-label={t('settings.roles.name')} maw={360} maxLength={120} value={name}
              onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
            />
          </Section>
        )}
      <Section title={t('settings.roles.rights')} lead={t('settings.roles.rights_help')}>
        <RightsTable rights={rights} is_fixed={is_fixed} onChange={(next) => setDraft({ ...draft, rights: next })} />
      </Section>
      <Section title={t('settings.roles.duties')} lead={t('settings.roles.duties_help')}>
        <DutyList chosen={duties} is_fixed={is_fixed} onChange={(next) => setDraft({ ...draft, duties: next })} />
      </Section>
      <Section title={t('settings.roles.field_rights')} lead={t('settings.roles.field_rights_help')}>
        <FieldRights fields={fields} choices={choices} is_fixed={is_fixed} onChange={(next) => setDraft({ ...draft, fields: next })} />
      </Section>
      {is_changed && (
        <Group className={classes.unsaved} justify="flex-end" gap="xs">
          <span role="status">{t('settings.roles.unsaved')}</span>
          <Button variant="default" onClick={() => setDraft(role)}>{t('settings.discard')}</Button>
          <Button onClick={() => void handleSave()}>{t('ui.save')}</Button>
        </Group>
      )}
    </>
  );
}
