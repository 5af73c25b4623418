import { Button, Menu } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { remove } from '@/api';
import type { ReplyTemplate, ReplyTemplates } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, RelativeTime, RowMenu, SimpleTable, useConfirm } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { ReplyTemplateDialog } from './ReplyTemplateDialog';

/** My reply templates, those of my departments, and everybody's. */
export function ReplyTemplatesPage() {
  const { t } = useText();
  const query = useSettingsQuery<ReplyTemplates>('reply_templates');
  const write = useSettingsWrite('reply_templates');
  const act = useAct();
  const confirm = useConfirm();
  const [edited, setEdited] = useState<ReplyTemplate | 'new' | null>(null);
  const handleDelete = async (template: ReplyTemplate) => {
    const is_sure = await confirm({ title: t('reply_template.delete', { name: template.name }), body: t('reply_template.delete_help'), confirm: t('ui.delete') });
    if (is_sure) await act(() => write((base) => remove(`${base}/reply_templates/${template.id}`)));
  };
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
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setEdited(template)}>{t('ui.edit')}</Menu.Item>
          <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => void handleDelete(template)}>{t('ui.delete')}</Menu.Item>
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
