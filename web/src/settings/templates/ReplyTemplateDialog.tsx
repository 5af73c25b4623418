import { Button, Select, SimpleGrid, TextInput } from '@mantine/core';
import type { Editor } from '@tiptap/react';
import { Suspense, lazy, useState } from 'react';
import { patch, post, useMeta } from '@/api';
import type { ReplyTemplate, TemplateAudience } from '@/api';
import { offered_locales, useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import { TemplateFiles } from './TemplateFiles';
import classes from './Templates.module.css';

const RichTextEditor = lazy(() => import('@/ui/editor/RichTextEditor').then((part) => ({ default: part.RichTextEditor })));

const name_chars_max = 100;
const folder_chars_max = 60;
const subject_chars_max = 250;

interface ReplyTemplateDialogProps {
  template: ReplyTemplate | null;
  placeholders: string[];
  onClose: () => void;
}

/** A text that is used again: whose it is, what it says, and the files that go with it. */
export function ReplyTemplateDialog({ template, placeholders, onClose }: ReplyTemplateDialogProps) {
  const { t } = useText();
  const { departments, me } = useMeta();
  const write = useSettingsWrite('reply_templates');
  const [form, setForm] = useState(() => ({
    name: template?.name ?? '', folder: template?.folder ?? '', subject: template?.subject ?? '', html: template?.html ?? '',
    locale: template?.locale ?? '', audience: template?.audience ?? 'owner', department: template?.department?.id ?? null,
  }));
  const [files, setFiles] = useState(template?.files ?? []);
  const [editor, setEditor] = useState<Editor | null>(null);
  const change = (words: Partial<typeof form>) => setForm((before) => ({ ...before, ...words }));
  const kept = template?.files.map((file) => file.id) ?? [];
  const send = () => {
    const ids = files.map((file) => file.id);
    const body = { ...form, attachment_ids: ids.filter((id) => !kept.includes(id)), ...(template === null ? {} : { file_ids: ids.filter((id) => kept.includes(id)) }) };
    return write((base) => (template === null ? post(`${base}/reply_templates`, body) : patch(`${base}/reply_templates/${template.id}`, body)));
  };
  const audiences: TemplateAudience[] = ['owner', ...(me.may.includes('manage_departments') ? ['department' as const] : []), ...(me.may.includes('manage_organisation') ? ['everybody' as const] : [])];
  return (
    <FormDialog
      title={template === null ? t('reply_template.add') : template.name} submit_label={template === null ? t('ui.create') : t('ui.save')}
      size="xl" is_open required={{ name: form.name, html: form.html }} onClose={onClose} onSubmit={send}
    >
      {(faultOf) => (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              label={t('reply_template.name')} withAsterisk data-autofocus maxLength={name_chars_max} value={form.name} error={faultOf('name')}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <TextInput label={t('reply_template.folder')} maxLength={folder_chars_max} value={form.folder} error={faultOf('folder')} onChange={(event) => change({ folder: event.currentTarget.value })} />
            <Select
              label={t('reply_template.whose')} allowDeselect={false} value={form.audience} error={faultOf('audience')}
              data={audiences.map((word) => ({ value: word, label: t(`reply_template.audience.${word}`) }))}
              onChange={(word) => change({ audience: audiences.find((each) => each === word) ?? 'owner' })}
            />
            {form.audience === 'department' && (
              <Select
                label={t('reply_template.department')} withAsterisk searchable allowDeselect={false} value={form.department} error={faultOf('department')}
                data={departments.map(({ id, name }) => ({ value: id, label: name }))} nothingFoundMessage={t('ui.nothing_found')} onChange={(department) => change({ department })}
              />
            )}
            <Select
              label={t('app.language')} allowDeselect={false} value={form.locale} error={faultOf('locale')}
              data={[{ value: '', label: t('reply_template.any_language') }, ...offered_locales.map((locale) => ({ value: locale, label: t(`locale.${locale}`) }))]}
              onChange={(locale) => change({ locale: locale ?? '' })}
            />
          </SimpleGrid>
          <TextInput
            label={t('reply_template.subject')} description={t('reply_template.subject_help')} maxLength={subject_chars_max} value={form.subject} error={faultOf('subject')}
            onChange={(event) => change({ subject: event.currentTarget.value })}
          />
          <div>
            <Suspense fallback={null}>
              <RichTextEditor label={t('reply_template.text')} html={form.html} onChange={(html) => change({ html })} placeholder={t('reply_template.text')} onReady={setEditor} />
            </Suspense>
            {faultOf('html') !== undefined && <p className={classes.fault} role="alert">{faultOf('html')}</p>}
          </div>
          <div className={classes.placeholders} role="group" aria-label={t('reply_template.placeholders')}>
            <span className={classes.help}>{t('reply_template.placeholders')}</span>
            {placeholders.map((name) => (
              <Button key={name} size="compact-xs" variant="default" onClick={() => editor?.chain().focus().insertContent(`{${name}}`).run()}>{`{${name}}`}</Button>
            ))}
          </div>
          <TemplateFiles files={files} onChange={setFiles} fault={faultOf('attachment_ids')} />
        </>
      )}
    </FormDialog>
  );
}
