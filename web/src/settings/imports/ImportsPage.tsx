import { Button, Menu } from '@mantine/core';
import { IconDownload, IconFileImport, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { download, homeOf, remove, useMeta, useOrganisation } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { Badge, EmptyState, RowMenu, SimpleTable, useFormat } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { isUnderWay } from './import_types';
import type { ImportRow } from './import_types';
import { NewImportDialog } from './NewImportDialog';
import { useCountWords } from './useCountWords';

/** The files that were imported, by whom and when. */
export function ImportsPage() {
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const format = useFormat();
  const countWords = useCountWords();
  const imports = useSettingsQuery<{ imports: ImportRow[]; modules: string[] }>('imports');
  const write = useSettingsWrite('imports');
  const act = useAct();
  // A list that leads here says what its rows are.
  const [search] = useSearchParams();
  const asked_for = search.get('module');
  const [is_adding, setAdding] = useState(asked_for !== null);
  const labelOf = (name: string) => {
    const module = modules.find((each) => each.name === name);
    return module ? moduleLabel(module) : name;
  };
  const columns: SimpleColumn<ImportRow>[] = [
    {
      name: 'file', label: t('lists.import.file'),
      show: (row) => (
        <span className={classes.nameWords}>
          <Link className={classes.nameMain} to={`${homeOf(org)}/settings/imports/${row.id}`}>{row.file_name}</Link>
          <span className={classes.nameMore}>{labelOf(row.module)} · {row.by.name}</span>
        </span>
      ),
    },
    { name: 'state', label: t('lists.import.state'), width: 150, show: (row) => <StateBadge row={row} /> },
    { name: 'counts', label: t('lists.import.result'), show: (row) => <span className={classes.dim}>{countWords(row.counts)}</span> },
    { name: 'at', label: t('lists.import.at'), width: 190, show: (row) => <time className={classes.dim} dateTime={row.created_at}>{format.instant(row.created_at)}</time> },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (row) => (
        <RowMenu label={t('settings.acts_for', { name: row.file_name })}>
          {row.counts.refused > 0 && (
            <Menu.Item leftSection={<IconDownload size={15} />} onClick={() => void act(() => download('GET', `${homeOf(org)}/imports/${row.id}/report`, `refused-${row.file_name}`))}>
              {t('lists.import.report')}
            </Menu.Item>
          )}
          <Menu.Item
            disabled={isUnderWay(row.state)}
            leftSection={<IconTrash size={15} />}
            onClick={() => void act(() => write((base) => remove(`${base}/imports/${row.id}`)))}
          >
            {t('lists.import.forget')}
          </Menu.Item>
        </RowMenu>
      ),
    },
  ];
  const may_import = (imports.data?.modules.length ?? 0) > 0;
  return (
    <SettingsPage
      name="imports"
      query={imports}
      actions={may_import && <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>{t('lists.import.new')}</Button>}
    >
      {(data) => (
        <>
          {data.imports.length === 0
            ? <EmptyState icon={<IconFileImport size={22} />} title={t('lists.import.none')}>{t(may_import ? 'lists.import.none_help' : 'lists.import.no_right')}</EmptyState>
            : <SimpleTable label={t('settings.imports.title')} columns={columns} rows={data.imports} keyOf={(row) => row.id} />}
          {is_adding && may_import && (
            <NewImportDialog
              module={asked_for}
              modules={data.modules.map((name) => ({ value: name, label: labelOf(name) }))}
              onClose={() => setAdding(false)}
              onAdded={(id) => void navigate(`${homeOf(org)}/settings/imports/${id}`)}
            />
          )}
        </>
      )}
    </SettingsPage>
  );
}

export function StateBadge({ row }: { row: Pick<ImportRow, 'state'> }) {
  const { t } = useText();
  const tone = row.state === 'failed' ? 'bad' : row.state === 'ended' ? 'good' : 'accent';
  return <Badge tone={tone}>{t(`lists.import.state_${row.state}`)}</Badge>;
}
