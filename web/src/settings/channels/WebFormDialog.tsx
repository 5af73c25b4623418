import { Select, SimpleGrid, Switch, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { patch, post, useMeta } from '@/api';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import { FieldsAsked } from './FieldsAsked';
import type { WebForm, WebForms } from './channel_types';

interface WebFormDialogProps {
  form: WebForm | null;
  ticket_fields: WebForms['ticket_fields'];
  onClose: () => void;
}

const languages = ['en', 'ja', 'zh', 'pt'];

function emptyForm(department: string | null, locale: string) {
  return {
    name: '', department, title: '', intro: '', thanks: '', locale, origins: '', sends_receipt: false, is_enabled: true,
    fields: [{ name: 'name', is_required: false }, { name: 'email', is_required: true }, { name: 'subject', is_required: false },
      { name: 'message', is_required: true }, { name: 'files', is_required: false }],
  };
}

/** One web form: its texts, what it asks, and where it may be shown. */
export function WebFormDialog({ form: before, ticket_fields, onClose }: WebFormDialogProps) {
  const { t, i18n } = useText();
  const { departments } = useMeta();
  const write = useSettingsWrite('web_forms');
  const [form, setForm] = useState(() =>
    before === null
      ? emptyForm(departments[0]?.id ?? null, languages.includes(i18n.language) ? i18n.language : 'en')
      : { ...before, origins: before.origins.join('\n') });
  const set = (changes: Partial<typeof form>) => setForm((old) => ({ ...old, ...changes }));
  const send = () => {
    const body = {
      name: form.name, department: form.department, title: form.title, intro: form.intro, thanks: form.thanks, locale: form.locale,
      origins: form.origins.split('\n').map((line) => line.trim()).filter((line) => line !== ''),
      sends_receipt: form.sends_receipt, is_enabled: form.is_enabled, fields: form.fields,
    };
    return write((base) => (before === null ? post(`${base}/web_forms`, body) : patch(`${base}/web_forms/${before.id}`, body)));
  };
  return (
    <FormDialog
      title={before === null ? t('settings.web_forms.add') : before.name}
      submit_label={before === null ? t('settings.web_forms.add') : t('ui.save')}
      size="lg"
      is_open
      required={{ name: form.name, title: form.title, department: form.department }}
      onClose={onClose}
      onSubmit={send}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('settings.web_forms.name')} description={t('settings.web_forms.name_help')} withAsterisk data-autofocus autoComplete="off"
            value={form.name} error={faultOf('name')} onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <Select
              label={t('settings.web_forms.department')} withAsterisk allowDeselect={false} value={form.department} error={faultOf('department')}
              data={departments.map((each) => ({ value: each.id, label: each.name }))} onChange={(department) => set({ department })}
            />
            <Select
              label={t('settings.web_forms.locale')} allowDeselect={false} value={form.locale} error={faultOf('locale')}
              data={languages.map((each) => ({ value: each, label: new Intl.DisplayNames([each], { type: 'language' }).of(each) ?? each }))}
              onChange={(locale) => set({ locale: locale ?? 'en' })}
            />
          </SimpleGrid>
          <TextInput
            label={t('settings.web_forms.form_title')} withAsterisk autoComplete="off" value={form.title} error={faultOf('title')}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <Textarea
            label={t('settings.web_forms.intro')} autosize minRows={2} value={form.intro} error={faultOf('intro')}
            onChange={(event) => set({ intro: event.currentTarget.value })}
          />
          <FieldsAsked fields={form.fields} ticket_fields={ticket_fields} error={faultOf('fields')} onChange={(fields) => set({ fields })} />
          <Textarea
            label={t('settings.web_forms.thanks')} description={t('settings.web_forms.thanks_help')} autosize minRows={2} value={form.thanks}
            error={faultOf('thanks')} onChange={(event) => set({ thanks: event.currentTarget.value })}
          />
          <Textarea
            label={t('settings.web_forms.origins')} description={t('settings.web_forms.origins_help')} autosize minRows={2} value={form.origins}
            error={faultOf('origins')} onChange={(event) => set({ origins: event.currentTarget.value })}
          />
          <Switch
            label={t('settings.web_forms.receipt')} description={t('settings.web_forms.receipt_help')} checked={form.sends_receipt}
            onChange={(event) => set({ sends_receipt: event.currentTarget.checked })}
          />
          <Switch
            label={t('settings.web_forms.is_enabled')} checked={form.is_enabled}
            onChange={(event) => set({ is_enabled: event.currentTarget.checked })}
          />
        </>
      )}
    </FormDialog>
  );
}
