import { Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { findField, patch, post, useMeta, useModule } from '@/api';
import type { AutomationRule } from '@/api';
import { FieldInput, useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { ConditionBuilder, isUnfinished, useConditionFields } from '@/records';
import { FormDialog, keep_open } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import { ActionRows } from './ActionRows';
import classes from './Automation.module.css';
import { rule_events, ruleBody, ruleForm } from './automation_form';
import type { RuleForm } from './automation_form';
import { FormPart } from '../FormPart';
import { TimedPreviewPart } from './TimedPreviewPart';
import { TimingPart } from './TimingPart';

const name_chars_max = 100;

/** A rule: what starts it, for which tickets, and what it does. */
export function RuleDialog({ rule, onClose }: { rule: AutomationRule | null; onClose: () => void }) {
  const { t } = useText();
  const { departments } = useMeta();
  const write = useSettingsWrite('automation_rules');
  const fields = useConditionFields();
  const [form, setForm] = useState(() => ruleForm(rule, fields.map((each) => each.field)));
  const [shows_faults, setShowsFaults] = useState(false);
  const set = (changes: Partial<RuleForm>) => setForm((before) => ({ ...before, ...changes }));
  const is_timed = form.event === 'time_passed';
  const send = async () => {
    if (isUnfinished(form.conditions)) {
      setShowsFaults(true);
      return keep_open;
    }
    return write((base) => (rule === null ? post(`${base}/automation_rules`, ruleBody(form)) : patch(`${base}/automation_rules/${rule.id}`, ruleBody(form))));
  };
  return (
    <FormDialog
      title={rule === null ? t('automation.add_rule') : rule.name} submit_label={rule === null ? t('ui.create') : t('ui.save')}
      size="xl" is_open required={{ name: form.name }} onClose={onClose} onSubmit={send}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('automation.name')} withAsterisk data-autofocus maxLength={name_chars_max} value={form.name} error={faultOf('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Switch label={t('automation.is_on')} checked={form.is_active} onChange={(event) => set({ is_active: event.currentTarget.checked })} />
          <div className={classes.pair}>
            <Select
              label={t('automation.event')} allowDeselect={false} value={form.event} error={faultOf('event')}
              data={rule_events.map((word) => ({ value: word, label: t(`automation.events.${word}`) }))}
              onChange={(chosen) => set({ event: rule_events.find((each) => each === chosen) ?? form.event })}
            />
            <Select
              label={t('automation.department')} clearable placeholder={t('automation.all_departments')} value={form.department} error={faultOf('department')}
              data={departments.map(({ id, name }) => ({ value: id, label: name }))} onChange={(department) => set({ department })}
            />
          </div>
          {is_timed
            ? <TimingPart timing={form.timing} fault={faultOf('timing')} onChange={(changes) => set({ timing: { ...form.timing, ...changes } })} />
            : <ChangedField form={form} fault={faultOf('changed')} onChange={set} />}
          <FormPart title={t('automation.conditions')} help={t('automation.conditions_help')} fault={faultOf('conditions')}>
            <ConditionBuilder root={form.conditions} shows_faults={shows_faults} onChange={(conditions) => set({ conditions })} />
          </FormPart>
          <FormPart title={t('automation.actions')} help={t(is_timed ? 'timed_rules.actions_help' : 'automation.actions_help')} fault={faultOf('actions')}>
            <ActionRows rows={form.actions} of={is_timed ? 'timed_rule' : 'rule'} onChange={(actions) => set({ actions })} />
          </FormPart>
          {is_timed && <TimedPreviewPart body={{ ...ruleBody(form), name: form.name === '' ? '-' : form.name, ...(rule === null ? {} : { id: rule.id }) }} />}
        </>
      )}
    </FormDialog>
  );
}

/** Which field must have changed, and what it must have become. */
function ChangedField({ form, fault, onChange }: { form: RuleForm; fault: string | undefined; onChange: (changes: Partial<RuleForm>) => void }) {
  const { t } = useText();
  const module = useModule('tickets');
  const fieldLabel = useFieldLabel();
  const field = form.changed_field === null ? undefined : findField(module, form.changed_field);
  const has_choices = field?.choices !== undefined && field.kind === 'choice';
  if (form.event === 'ticket_created') return null;
  return (
    <div className={classes.pair}>
      <Select
        label={t('automation.changed')} clearable searchable placeholder={t('automation.changed_any')} value={form.changed_field} error={fault}
        data={module.fields.filter((each) => !each.read_only).map((each) => ({ value: each.name, label: fieldLabel('tickets', each) }))}
        nothingFoundMessage={t('ui.nothing_found')} onChange={(changed_field) => onChange({ changed_field, changed_to: undefined })}
      />
      {has_choices && (
        <FieldInput
          key={field.name} module="tickets" field={{ ...field, required: false }} label={t('automation.changed_to')} value={form.changed_to ?? null}
          onChange={(value) => onChange({ changed_to: value ?? undefined })}
        />
      )}
    </div>
  );
}
