import { Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { appOf, field_kinds, patch, post, useMeta, useOrganisation } from '@/api';
import type { CustomField, FieldKind } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import { ChoiceRows } from './ChoiceRows';
import { fieldBody, fieldForm, hasChoices, link_targets, mayDiffer } from './field_form';

interface FieldDialogProps {
  module: string;
  field: CustomField | null;
  onClose: () => void;
}

/** Kinds that an organisation may add. */
const offered_kinds: FieldKind[] = field_kinds.filter((kind) => !['rich_text', 'tags', 'auto_number'].includes(kind));
const chars_max = 20_000;
const scale_max = 9;
const traits: ('required' | 'unique' | 'searchable')[] = ['required', 'unique', 'searchable'];

/** A new field, or the changeable parts of a known one: its kind stays. */
export function FieldDialog({ module, field, onClose }: FieldDialogProps) {
  const { t } = useText();
  const write = useSettingsWrite(`fields/${module}`);
  const [form, setForm] = useState(() => fieldForm(field));
  const set = (changes: Partial<typeof form>) => setForm((before) => ({ ...before, ...changes }));
  const org = useOrganisation();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const has_choices = hasChoices(form.kind);
  const given = form.choices.map((row) => row.label.trim()).filter((label) => label !== '');
  const send = () =>
    write((base) =>
      field === null
        ? post(`${base}/fields/${module}`, { ...fieldBody(form, field), kind: form.kind })
        : patch(`${base}/fields/${module}/${field.name}`, fieldBody(form, field)),
    );
  return (
    <FormDialog
      title={field === null ? t('settings.fields.add') : field.label}
      submit_label={field === null ? t('ui.create') : t('ui.save')}
      is_open
      required={{ label: form.label, ...(has_choices ? { choices: given } : {}) }}
      onClose={onClose}
      onSubmit={send}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('settings.fields.label')} withAsterisk data-autofocus maxLength={120} value={form.label}
            error={faultOf('label') ?? faultOf('name')} onChange={(event) => set({ label: event.currentTarget.value })}
          />
          <Select
            label={t('settings.fields.kind')} withAsterisk allowDeselect={false} disabled={field !== null}
            description={field !== null ? t('settings.fields.kind_stays') : undefined}
            data={offered_kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} value={form.kind}
            error={faultOf('kind')} onChange={(kind) => set({ kind: offered_kinds.find((each) => each === kind) ?? 'text' })}
          />
          {has_choices && (
            <ChoiceRows rows={form.choices} error={faultOf('choices')} onChange={(choices) => set({ choices })} />
          )}
          {form.kind === 'link' && (
            <Select
              label={t('custom_fields.link_to')} withAsterisk allowDeselect={false} disabled={field !== null} value={form.link_to} error={faultOf('link_to')}
              data={modules.filter((each) => link_targets[appOf(org)].includes(each.name)).map((each) => ({ value: each.name, label: moduleLabel(each) }))}
              onChange={(link_to) => set({ link_to: link_to ?? 'contacts' })}
            />
          )}
          {(form.kind === 'text' || form.kind === 'long_text') && (
            <NumberInput
              label={t('settings.fields.max_chars')} min={1} max={chars_max} allowDecimal={false} value={form.max_chars ?? ''}
              error={faultOf('max_chars')} onChange={(value) => set({ max_chars: value === '' ? null : Number(value) })}
            />
          )}
          {form.kind === 'decimal' && (
            <NumberInput
              label={t('settings.fields.scale')} min={0} max={scale_max} allowDecimal={false} value={form.scale ?? ''}
              error={faultOf('scale')} onChange={(value) => set({ scale: value === '' ? null : Number(value) })}
            />
          )}
          <Group gap="lg" mt={4}>
            {traits.filter((trait) => trait !== 'unique' || mayDiffer(form.kind)).map((trait) => (
              <Checkbox
                key={trait} label={t(`settings.fields.${trait}`)} checked={form[trait]} error={faultOf(trait)}
                onChange={(event) => set({ [trait]: event.currentTarget.checked })}
              />
            ))}
          </Group>
        </>
      )}
    </FormDialog>
  );
}
