import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAddressBook, IconBuilding, IconDownload, IconPackage, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useMay, useModule, useOrganisation } from '@/api';
import { useFieldLabel, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import {
  BulkBar, BulkFieldDialog, ColumnChooser, ExportDialog, fieldColumn, ListFilter, ListSearch, RecordFormDialog, RecordTable, useBulkChange, useBulkDelete, useColumnChoice, useCreateRecord, useListState, useRecords, useSelection,
} from '@/records';
import type { Column } from '@/records';
import { EmptyState, Page, useCommands } from '@/ui';
import { contactColumns } from './list_columns';

/** How many records the words of a list find at most. */
const words_found_max = 100;

/** Room for the names of three departments. */
const departments_width = 270;

const first_columns = {
  contacts: ['name', 'email', 'phone', 'account', 'job_title', 'city'],
  accounts: ['name', 'website', 'phone', 'industry', 'city', 'country'],
  products: ['name', 'code', 'category', 'manufacturer', 'unit_price', 'departments', 'is_active'],
};
const icons = { contacts: IconAddressBook, accounts: IconBuilding, products: IconPackage };

/** The contacts, the accounts or the products of the organisation. */
export function PeopleListPage({ module: name }: { module: 'contacts' | 'accounts' | 'products' }) {
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const module = useModule(name);
  const moduleLabel = useModuleLabel();
  const fieldLabel = useFieldLabel();
  const may_create = useMay('create', name);
  const may_bulk = useMay('bulk', name);
  const may_delete = useMay('delete', name) && may_bulk;
  const may_update = useMay('update', name) && may_bulk;
  const changeMany = useBulkChange(name);
  const [is_choosing, setChoosing] = useState(false);
  const { query, set } = useListState();
  const is_small = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const list = useRecords(name, query);
  const selection = useSelection();
  const deleteMany = useBulkDelete(name);
  const create = useCreateRecord(name);
  const [is_creating, setCreating] = useState(false);
  const [is_exporting, setExporting] = useState(false);
  const may_export = useMay('export', name);
  const columns = useMemo(() => {
    const all = module.fields.filter((field) => field.name !== 'synced_fields').map((field) => fieldColumn(module, field, fieldLabel(name, field)));
    if (name === 'contacts') return contactColumns(all, t('desk.name'));
    return all.map((column) => (column.name === 'name' ? withGrowth(column) : column.name === 'departments' ? { ...column, width: departments_width } : column));
  }, [module, name, fieldLabel, t]);
  const names = useMemo(() => columns.map((column) => column.name), [columns]);
  const { chosen, choose } = useColumnChoice(name, names, first_columns[name]);
  const new_label = t('records.new', { module: moduleLabel(module, 'one') });
  useCommands([
    ...(may_create ? [{ id: 'record.new', label: new_label, group: t('shortcuts.group_list'), keys: 'c', icon: <IconPlus size={16} />, run: () => setCreating(true) }] : []),
    ...(may_export ? [{ id: 'list.export', label: t('lists.export'), group: t('shortcuts.group_list'), icon: <IconDownload size={16} />, run: () => setExporting(true) }] : []),
    { id: 'list.clear', label: t('records.clear_selection'), group: t('shortcuts.group_list'), keys: 'escape', hidden_in_palette: true, run: selection.clear },
  ]);
  const new_button = may_create && <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>{new_label}</Button>;
  const Sign = icons[name];
  const is_narrowed = query.filter !== null || query.words !== null;
  return (
    <Page
      title={moduleLabel(module)}
      width="full"
      lead={query.words !== null && list.count === words_found_max ? t('records.search_capped', { count: words_found_max }) : undefined}
      actions={<><ListSearch label={t('records.search_in', { module: moduleLabel(module, 'within') })} words={query.words ?? null} onSearch={(words) => set({ words })} /><ListFilter module={name} filter={query.filter ?? null} onFilter={(filter) => set({ filter })} />{may_export && <Tooltip label={t('lists.export')}><ActionIcon aria-label={t('lists.export')} onClick={() => setExporting(true)}><IconDownload size={16} /></ActionIcon></Tooltip>}{!is_small && <ColumnChooser columns={columns} chosen={chosen} onChoose={choose} />}{name === 'contacts' && <Button component={Link} to={`/desk/${org}/contacts/duplicates`} variant="default">{t('contacts.duplicates.title')}</Button>}{new_button}</>}
    >
      <RecordTable
        label={moduleLabel(module)}
        list={list}
        columns={columns.filter((column) => chosen.includes(column.name))}
        hrefOf={(record) => `/desk/${org}/${name}/${record.id}`}
        selection={may_delete || may_update ? selection : undefined}
        sort={query.sort ?? null}
        onSort={(sort) => set({ sort })}
        empty={
          <EmptyState
            icon={<Sign size={22} />}
            title={t(is_narrowed ? 'ui.nothing_found' : name === 'products' ? 'products.none' : `desk.no_${name}`)}
            action={is_narrowed ? <Button variant="default" onClick={() => set({ filter: null, words: null })}>{t('desk.show_all')}</Button> : new_button}
          >
            {is_narrowed ? undefined : t(name === 'products' ? 'products.none_help' : `desk.no_${name}_help`)}
          </EmptyState>
        }
      />
      <BulkBar count={selection.ids.size} onClear={selection.clear}>
        {may_update && <Button variant="default" onClick={() => setChoosing(true)}>{t('records.change_field')}</Button>}
        {may_delete && <Button variant="default" onClick={() => void deleteMany(list.records.filter((record) => selection.ids.has(record.id))).then(selection.keepOnly)}>{t('ui.delete')}</Button>}
      </BulkBar>
      {is_exporting && (
        <ExportDialog module={name} query={query} columns={columns.filter((column) => chosen.includes(column.name))} onClose={() => setExporting(false)} />
      )}
      {is_choosing && (
        <BulkFieldDialog
          module={module}
          count={selection.ids.size}
          onClose={() => setChoosing(false)}
          onSubmit={async (field, value) => {
            selection.keepOnly(await changeMany(list.records.filter((record) => selection.ids.has(record.id)), field, value));
          }}
        />
      )}
      <RecordFormDialog
        module={module}
        title={new_label}
        submit_label={t('ui.create')}
        is_open={is_creating}
        onClose={() => setCreating(false)}
        onSubmit={async (values) => {
          const record = await create.mutateAsync(values);
          void navigate(`/desk/${org}/${name}/${record.id}`);
        }}
      />
    </Page>
  );
}

function withGrowth(column: Column): Column {
  return { ...column, grow: true };
}
