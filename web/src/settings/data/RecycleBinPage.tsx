import { Menu, SegmentedControl } from '@mantine/core';
import { IconArrowBackUp, IconTrash, IconTrashX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { keys, post, remove, useMeta, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { EmptyState, RelativeTime, RowMenu, SimpleTable, useConfirm } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { MoreButton } from '../MoreButton';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { usePages } from '../usePages';
import { useSettingsWrite } from '../useSettings';

const modules_with_bin = ['tickets', 'contacts', 'accounts', 'departments'];

/** What was deleted: back to its place, or gone for good. */
export function RecycleBinPage() {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const { modules, agents } = useMeta();
  const moduleLabel = useModuleLabel();
  const [words, setWords] = useSearchParams();
  const module = words.get('module') ?? 'tickets';
  const bin = usePages<'records', RecordData>('recycle_bin', 'records', { module });
  const write = useSettingsWrite('recycle_bin');
  const act = useAct();
  const confirm = useConfirm();
  const nameOf = (by: unknown) => asLinked(by)?.title ?? agents.find((agent) => agent.id === by)?.name ?? '';

  const handleRestore = (record: RecordData) =>
    act(async () => {
      await write((base) => post(`${base}/${record.module}/${record.id}/restore`));
      await cache.invalidateQueries({ queryKey: keys.module(org, record.module) });
    }, t('settings.recycle_bin.restored', { title: record.title }));
  const handlePurge = async (record: RecordData) => {
    const is_sure = await confirm({
      title: t('settings.recycle_bin.purge_title', { title: record.title }), body: t('settings.recycle_bin.purge_help'), confirm: t('settings.recycle_bin.purge'),
    });
    if (is_sure) await act(() => write((base) => remove(`${base}/recycle_bin/${record.module}/${record.id}`)));
  };
  const columns: SimpleColumn<RecordData>[] = [
    { name: 'title', label: t('settings.recycle_bin.record'), show: (record) => <span className={classes.nameMain}>{record.title}</span> },
    { name: 'by', label: t('settings.recycle_bin.deleted_by'), width: 180, show: (record) => nameOf(record.deleted_by) },
    {
      name: 'at', label: t('settings.recycle_bin.deleted_at'), width: 140,
      show: (record) => {
        const at = asText(record.deleted_at);
        return at === null ? null : <RelativeTime at={at} className={classes.dim} />;
      },
    },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (record) => (
        <RowMenu label={t('settings.acts_for', { name: record.title })}>
          <Menu.Item leftSection={<IconArrowBackUp size={15} />} onClick={() => void handleRestore(record)}>{t('settings.recycle_bin.restore')}</Menu.Item>
          <Menu.Item leftSection={<IconTrashX size={15} />} onClick={() => void handlePurge(record)}>{t('settings.recycle_bin.purge')}</Menu.Item>
        </RowMenu>
      ),
    },
  ];
  const shown = modules.filter((each) => modules_with_bin.includes(each.name));
  return (
    <SettingsPage name="recycle_bin" query={bin.query}>
      {() => (
        <>
          <SegmentedControl
            mb="md"
            aria-label={t('app.modules')}
            value={module}
            onChange={(name) => setWords({ module: name })}
            data={shown.map((each) => ({ value: each.name, label: moduleLabel(each) }))}
          />
          {bin.rows.length === 0
            ? <EmptyState icon={<IconTrash size={22} />} title={t('settings.recycle_bin.empty')}>{t('settings.recycle_bin.empty_help')}</EmptyState>
            : <SimpleTable label={t('settings.recycle_bin.title')} columns={columns} rows={bin.rows} keyOf={(record) => record.id} />}
          <MoreButton pages={bin} />
        </>
      )}
    </SettingsPage>
  );
}
