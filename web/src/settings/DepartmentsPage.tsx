import { Button, Menu } from '@mantine/core';
import { IconPlus, IconSignature, IconSitemap } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay, useMeta, useModule } from '@/api';
import type { RecordData } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { RecordFormDialog, useCreateRecord, useDeleteRecord, useRecords } from '@/records';
import { Badge, EmptyState, ErrorState, Page, RowMenu, RowsSkeleton, SimpleTable, useConfirm } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from './Settings.module.css';
import { useAct } from './useAct';
import { DeleteRow, EditRow } from './RowActs';
import { DepartmentSignatureDialog } from './signatures/DepartmentSignatureDialog';

/** Departments are records like any others; this is their only page. */
export function DepartmentsPage() {
  const { t } = useText();
  const module = useModule('departments');
  const { agents } = useMeta();
  const may_create = useMay('create', 'departments');
  const list = useRecords('departments', {});
  const create = useCreateRecord('departments');
  const { deleting } = useDeleteRecord('departments');
  const act = useAct();
  const confirm = useConfirm();
  const [edited, setEdited] = useState<RecordData | 'new' | null>(null);
  const [signed, setSigned] = useState<RecordData | null>(null);
  const fields = ['name', 'description', 'is_enabled'];

  const handleDelete = async (record: RecordData) => {
    const is_sure = await confirm({
      title: t('settings.departments.delete_title', { name: record.title }),
      body: t('settings.departments.delete_help'), confirm: t('ui.delete'),
    });
    if (is_sure) await act(() => deleting.mutateAsync(record.id));
  };
  const columns: SimpleColumn<RecordData>[] = [
    {
      name: 'name', label: t('settings.departments.name'),
      show: (record) => (
        <span className={classes.nameWords}>
          <span className={classes.nameMain}>{record.title}</span>
          <span className={classes.nameMore}>{asText(record.description)}</span>
        </span>
      ),
    },
    { name: 'people', label: t('settings.users.title'), width: 110, show: (record) => agents.filter((agent) => agent.department_ids.includes(record.id)).length },
    {
      name: 'state', label: t('settings.users.status'), width: 130,
      show: (record) => record.is_enabled === false ? <Badge>{t('settings.departments.not_in_use')}</Badge> : <Badge tone="good">{t('settings.departments.in_use')}</Badge>,
    },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (record) => record.may.length === 0 ? null : (
        <RowMenu label={t('settings.acts_for', { name: record.title })}>
          {record.may.includes('update') && <EditRow onClick={() => setEdited(record)} />}
          {record.may.includes('update') && <Menu.Item leftSection={<IconSignature size={14} />} onClick={() => setSigned(record)}>{t('signature.title')}</Menu.Item>}
          {record.may.includes('delete') && <DeleteRow onClick={() => void handleDelete(record)} />}
        </RowMenu>
      ),
    },
  ];
  const record = edited === 'new' ? null : edited;
  return (
    <Page
      title={t('settings.departments.title')}
      lead={t('settings.departments.lead')}
      actions={may_create && <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('settings.departments.add')}</Button>}
    >
      {list.is_loading && <RowsSkeleton rows={4} />}
      {list.error && <ErrorState error={list.error} onRetry={list.reload} />}
      {!list.is_loading && !list.error && (list.records.length === 0
        ? <EmptyState icon={<IconSitemap size={22} />} title={t('settings.departments.empty')}>{t('settings.departments.lead')}</EmptyState>
        : <SimpleTable label={t('settings.departments.title')} columns={columns} rows={list.records} keyOf={(each) => each.id} />)}
      {signed !== null && <DepartmentSignatureDialog department={signed} onClose={() => setSigned(null)} />}
      <RecordFormDialog
        module={module}
        title={record === null ? t('settings.departments.add') : record.title}
        fields={fields}
        is_open={edited !== null}
        submit_label={record === null ? t('ui.create') : t('ui.save')}
        onClose={() => setEdited(null)}
        {...(record === null ? { values: { is_enabled: true }, onSubmit: (values: Record<string, unknown>) => create.mutateAsync(values) } : { record })}
      />
    </Page>
  );
}
