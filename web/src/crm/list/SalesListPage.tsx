import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconDownload, IconFileImport, IconFilter, IconPlus } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { homeOf, useMay, useModule, useOrganisation } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import {
  BulkBar, BulkFieldDialog, ColumnChooser, ExportDialog, ListFilter, ListSearch, RecordTable, ViewMenus, useBulkChange, useBulkDelete, useColumnChoice, useListState,
  useRecords, useSelection,
} from '@/records';
import { EmptyState, Page, useCommands } from '@/ui';
import { useSharedStages } from '../deals/useSharedStages';
import { NewRecordDialog } from '../record/NewRecordDialog';
import { sales_modules } from '../sales_modules';
import type { SalesModuleName } from '../sales_modules';
import { noneWord } from './none_word';
import { columnsOfView, useSalesColumns } from './sales_columns';
import { usual_view, useSalesViews } from './useSalesViews';

/** How many records the words of a list find at most. */
const words_found_max = 100;

interface SalesListPageProps {
  module: SalesModuleName;
  /** Stands before the other acts: other shapes of the list. */
  shapes?: ReactNode;
}

/** The records of a module: searched, narrowed, sorted, chosen and changed together. */
export function SalesListPage({ module: name, shapes }: SalesListPageProps) {
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const module = useModule(name);
  const moduleLabel = useModuleLabel();
  const may_create = useMay('create', name);
  const may_delete = useMay('delete', name);
  const may_update = useMay('update', name);
  const may_export = useMay('export', name);
  const may_import = useMay('import', name);
  const changeMany = useBulkChange(name);
  const deleteMany = useBulkDelete(name);
  const look = sales_modules[name];
  const { query: asked, set } = useListState();
  const views = useSalesViews({ module: name, chosen: asked.view ?? usual_view, is_list_shape: shapes !== undefined, onShow: (view) => set({ view, sort: null }) });
  const query = useMemo(() => ({ ...asked, sort: asked.sort ?? (views.is_custom ? null : look.sort) }), [asked, views.is_custom, look.sort]);
  const is_small = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const list = useRecords(name, query);
  const selection = useSelection();
  const { clear } = selection;
  useEffect(clear, [views.chosen, clear]);
  const [dialog, setDialog] = useState<'new' | 'change' | 'export' | null>(null);
  const columns = useSalesColumns(name);
  const names = useMemo(() => columns.map((column) => column.name), [columns]);
  const own_columns = columnsOfView(views.own, names);
  const { chosen, choose } = useColumnChoice(own_columns === null ? `${org}.${name}` : `${org}.${name}.${query.view ?? ''}`, names, own_columns ?? look.columns);
  const shown = chosen.flatMap((each) => columns.find((column) => column.name === each) ?? []);
  const import_href = `${homeOf(org)}/settings/imports?module=${name}`;
  const new_label = t('records.new', { module: moduleLabel(module, 'one') });
  const chosen_records = list.records.filter((record) => selection.ids.has(record.id));
  const stage_choice = useSharedStages(name === 'deals' && dialog === 'change' ? chosen_records.map((record) => record.id) : null);
  const is_narrowed = query.filter !== null || query.words !== null || views.chosen !== usual_view;
  useCommands([
    ...(may_create ? [{ id: 'record.new', label: new_label, group: t('shortcuts.group_list'), keys: 'c', icon: <IconPlus size={16} />, run: () => setDialog('new') }] : []),
    ...(may_import ? [{ id: 'list.import', label: t('lists.import.new'), group: t('shortcuts.group_list'), icon: <IconFileImport size={16} />, run: () => void navigate(import_href) }] : []),
    { id: 'view.new', label: t('views.new'), group: t('shortcuts.group_list'), icon: <IconFilter size={16} />, run: () => views.acts.create() },
    { id: 'list.clear', label: t('records.clear_selection'), group: t('shortcuts.group_list'), keys: 'escape', hidden_in_palette: true, run: selection.clear },
  ]);
  const new_button = may_create && <Button leftSection={<IconPlus size={16} />} onClick={() => setDialog('new')}>{new_label}</Button>;
  const Sign = look.icon;
  return (
    <Page
      title={moduleLabel(module)}
      width="full"
      lead={query.words !== null && list.count === words_found_max ? t('records.search_capped', { count: words_found_max }) : undefined}
      actions={
        <>
          {shapes}
          <ListSearch label={t('records.search_in', { module: moduleLabel(module, 'within') })} words={query.words ?? null} onSearch={(words) => set({ words })} />
          <ListFilter module={name} filter={query.filter ?? null} onFilter={(filter) => set({ filter })} />
          {may_export && <Tooltip label={t('lists.export')}><ActionIcon aria-label={t('lists.export')} onClick={() => setDialog('export')}><IconDownload size={16} /></ActionIcon></Tooltip>}
          {may_import && !is_small && <Tooltip label={t('lists.import.new')}><ActionIcon component={Link} to={import_href} aria-label={t('lists.import.new')}><IconFileImport size={16} /></ActionIcon></Tooltip>}
          {!is_small && <ColumnChooser columns={columns} chosen={chosen} onChoose={choose} />}
          {new_button}
        </>
      }
    >
      <ViewMenus module={name} views={views.all} acts={views.acts} chosen={views.chosen} nameOf={views.nameOf} onView={views.show} />
      <RecordTable
        key={views.chosen}
        label={moduleLabel(module)}
        list={list}
        columns={shown}
        hrefOf={(record) => `${homeOf(org)}/${name}/${record.id}`}
        selection={may_delete || may_update ? selection : undefined}
        sort={query.sort ?? views.own?.sort ?? null}
        onSort={(sort) => set({ sort })}
        empty={
          <EmptyState
            icon={<Sign size={22} />}
            title={is_narrowed ? t('ui.nothing_found') : t(`crm.none.${noneWord(org, name)}`)}
            action={is_narrowed ? <Button variant="default" onClick={() => set({ filter: null, words: null, view: null })}>{t('desk.show_all')}</Button> : new_button}
          >
            {is_narrowed ? undefined : t(`crm.none_help.${noneWord(org, name)}`)}
          </EmptyState>
        }
      />
      <BulkBar count={selection.ids.size} onClear={selection.clear}>
        {may_update && <Button variant="default" onClick={() => setDialog('change')}>{t('records.change_field')}</Button>}
        {may_delete && <Button variant="default" onClick={() => void deleteMany(chosen_records).then(selection.keepOnly)}>{t('ui.delete')}</Button>}
      </BulkBar>
      {dialog === 'export' && <ExportDialog module={name} query={query} columns={shown} onClose={() => setDialog(null)} />}
      {dialog === 'change' && (
        <BulkFieldDialog
          module={module}
          count={selection.ids.size}
          {...stage_choice}
          onClose={() => setDialog(null)}
          onSubmit={async (field, value) => {
            selection.keepOnly(await changeMany(chosen_records, field, value));
          }}
        />
      )}
      {views.acts.dialog}
      <NewRecordDialog
        module={name}
        is_open={dialog === 'new'}
        onClose={() => setDialog(null)}
        onCreated={(record) => void navigate(`${homeOf(org)}/${name}/${record.id}`)}
      />
    </Page>
  );
}
