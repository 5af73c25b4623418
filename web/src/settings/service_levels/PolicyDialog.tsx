import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { patch, post } from '@/api';
import type { EscalationLevel, ServiceLevel } from '@/api';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { FormPart } from '../FormPart';
import { useSettingsWrite } from '../useSettings';
import { ConditionRows } from './ConditionRows';
import { LevelCard } from './LevelCard';
import { new_level, policyBody, policyForm } from './policy_form';
import { TargetTable } from './TargetTable';

const name_chars_max = 100;
const levels_max = 10;

/** A policy: for which tickets, how soon, and what happens when it gets late. */
export function PolicyDialog({ level, onClose }: { level: ServiceLevel | null; onClose: () => void }) {
  const { t } = useText();
  const write = useSettingsWrite('service_levels');
  const [form, setForm] = useState(() => policyForm(level));
  const set = (changes: Partial<typeof form>) => setForm((before) => ({ ...before, ...changes }));
  const setLevel = (at: number, next: EscalationLevel) => set({ levels: form.levels.map((each, index) => (index === at ? next : each)) });
  const send = () =>
    write((base) => (level === null ? post(`${base}/service_levels`, policyBody(form)) : patch(`${base}/service_levels/${level.id}`, policyBody(form))));
  return (
    <FormDialog
      title={level === null ? t('settings.service_levels.add') : level.name} submit_label={level === null ? t('ui.create') : t('ui.save')}
      size="lg" is_open required={{ name: form.name }} onClose={onClose} onSubmit={send}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('settings.service_levels.name')} withAsterisk data-autofocus maxLength={name_chars_max} value={form.name} error={faultOf('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Switch label={t('settings.service_levels.is_active')} checked={form.is_active} onChange={(event) => set({ is_active: event.currentTarget.checked })} />
          <FormPart title={t('settings.service_levels.conditions')} help={t(form.conditions === null ? 'settings.service_levels.conditions_kept' : 'settings.service_levels.conditions_help')} fault={faultOf('conditions')}>
            {form.conditions !== null && <ConditionRows rows={form.conditions} onChange={(conditions) => set({ conditions })} />}
          </FormPart>
          <FormPart title={t('settings.service_levels.targets')} help={t('settings.service_levels.targets_help')} fault={faultOf('targets')}>
            <SegmentedControl
              aria-label={t('settings.service_levels.counting')} value={form.counting}
              data={[
                { value: 'business_hours', label: t('settings.service_levels.in_business_hours') },
                { value: 'day_and_night', label: t('settings.service_levels.day_and_night') },
              ]}
              onChange={(word) => set({ counting: word === 'day_and_night' ? 'day_and_night' : 'business_hours' })}
            />
            <TargetTable targets={form.targets} onChange={(targets) => set({ targets })} />
          </FormPart>
          <FormPart title={t('settings.service_levels.levels')} help={t('settings.service_levels.levels_help')} fault={faultOf('levels')}>
            {form.levels.map((each, at) => (
              <LevelCard
                key={at} place={at + 1} level={each} onChange={(next) => setLevel(at, next)}
                onRemove={() => set({ levels: form.levels.filter((_, index) => index !== at) })}
              />
            ))}
            {form.levels.length < levels_max && (
              <div>
                <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => set({ levels: [...form.levels, new_level] })}>
                  {t('settings.service_levels.add_level')}
                </Button>
              </div>
            )}
          </FormPart>
        </>
      )}
    </FormDialog>
  );
}
