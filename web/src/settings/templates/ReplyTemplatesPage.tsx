import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReplyTemplate, ReplyTemplates } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, RelativeTime, RowMenu, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useSettingsQuery } from '../useSettings';
import { ReplyTemplateDialog } from './ReplyTemplateDialog';
import { DeleteRow, EditRow } from '../RowActs';
import { useDelete } from '../useDelete';

/** My reply templates, those of my departments, and everybody's. */
export function ReplyTemplatesPage() {
  const { t } = useText();
  const query = useSettingsQuery<ReplyTemplates>('reply_templates');
  const deleteAt = useDelete('reply_templates');
  const [edited, setEdited] = useState<ReplyTemplate | 'new' | null>(null);
  const handleDelete = (template: ReplyTemplate) => deleteAt(`reply_templates/${template.id}`, { title: t('reply_template.delete', { name: template.name }), body: t('reply_template.delete_help') });
  const whose = (template: ReplyTemplate) => template.department?.title ?? t(`reply_template.audience.${template.audience}`);
  const columns: SimpleColumn<ReplyTemplate>[] = [
    { name: 'name', label: t('reply_template.name'), show: (template) => <span className={classes.nameMain}>{template.name}</span> },
    { name: 'folder', label: t('reply_template.folder'), show: (template) => template.folder },
    { name: 'whose', label: t('reply_template.whose'), show: whose },
    { name: 'language', label: t('app.language'), show: (template) => (template.locale === '' ? '' : t(`locale.${template.locale}`)) },
    {
      name: 'used', label: t('reply_template.used'),
      show: (template) => (template.used_at === null ? t('reply_template.never_used')
        : <>{t('reply_template.times', { count: template.use_count })}, <RelativeTime at={template.used_at} /></>),
    },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (template) => template.may_change && (
        <RowMenu label={t('settings.acts_for', { name: template.name })}>
          <EditRow onClick={() => setEdited(template)} />
          <DeleteRow onClick={() => void handleDelete(template)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="reply_templates" query={query}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('reply_template.add')}</Button>}
    >
      {(data) => (
        <>
          {data.templates.length === 0
            ? <EmptyState title={t('reply_template.none')}>{t('reply_template.none_help')}</EmptyState>
            : <SimpleTable label={t('reply_template.title')} columns={columns} rows={data.templates} keyOf={(template) => template.id} />}
          {edited !== null && <ReplyTemplateDialog template={edited === 'new' ? null : edited} placeholders={data.placeholders} onClose={() => setEdited(null)} />}
        </>
      )}
    </SettingsPage>
  );
}
