import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useMay, useModule, useOrganisation } from '@/api';
import { useFieldLabel, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import {
  BulkBar, ColumnChooser, fieldColumn, RecordFormDialog, RecordTable, useBulk, useBulkReport, useColumnChoice,
  useCreateRecord, useListState, useRecords, useSelection,
} from '@/records';
import { EmptyState, Page, useConfirm } from '@/ui';

const columns_first = 6;

/** The list of a module, made from its fields alone. */
export function ModulePage({ name }: { name: string }) {
  const { t } = useText();
  const org = useOrganisation();
  const module = useModule(name);
  const moduleLabel = useModuleLabel();
  const fieldLabel = useFieldLabel();
  const may_create = useMay('create', name);
  const may_delete = useMay('delete', name);
  const { query, set } = useListState();
  const list = useRecords(name, query);
  const selection = useSelection();
  const bulk = useBulk(name);
  const reportBulk = useBulkReport();
  const create = useCreateRecord(name);
  const confirm = useConfirm();
  const [is_creating, setCreating] = useState(false);
  const columns = useMemo(
    () => module.fields.map((field) => fieldColumn(module, field, fieldLabel(name, field))),
    [module, name, fieldLabel],
  );
  const names = useMemo(() => columns.map((column) => column.name), [columns]);
  const first = useMemo(() => names.slice(0, columns_first), [names]);
  const { chosen, choose } = useColumnChoice(name, names, first);
  const handleDelete = async () => {
    const ids = [...selection.ids];
    const is_sure = await confirm({
      title: t('records.delete_many', { count: ids.length }),
      body: t('records.delete_many_help'),
      confirm: t('ui.delete'),
    });
    if (!is_sure) return;
    reportBulk(await bulk.mutateAsync({ ids, delete: true }));
    selection.clear();
  };
  return (
    <Page
      title={moduleLabel(module)}
      width="full"
      actions={
        <>
          <ColumnChooser columns={columns} chosen={chosen} onChoose={choose} />
          {may_create && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
              {t('records.new', { module: moduleLabel(module, 'one') })}
            </Button>
          )}
        </>
      }
    >
      <RecordTable
        label={moduleLabel(module)}
        list={list}
        columns={columns.filter((column) => chosen.includes(column.name))}
        hrefOf={(record) => `/desk/${org}/${name}/${record.id}`}
        selection={selection}
        sort={query.sort ?? null}
        onSort={(sort) => set({ sort })}
        empty={<EmptyState title={t('records.empty')} />}
      />
      <BulkBar count={selection.ids.size} onClear={selection.clear}>
        {may_delete && <Button variant="default" onClick={() => void handleDelete()}>{t('ui.delete')}</Button>}
      </BulkBar>
      <RecordFormDialog
        module={module}
        title={t('records.new', { module: moduleLabel(module, 'one') })}
        submit_label={t('ui.create')}
        is_open={is_creating}
        onClose={() => setCreating(false)}
        onSubmit={(values) => create.mutateAsync(values)}
      />
    </Page>
  );
}
