import { Button, Checkbox, Group, Menu } from '@mantine/core';
import { IconArrowBackUp, IconTrash, IconTrashX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { appOf, homeOf, keys, post, remove, useMeta, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText, modules_with_pages } from '@/fields';
import { useText } from '@/i18n';
import { BulkBar, leftOf, oneByOne, useBulkReport, useSelection } from '@/records';
import { EmptyState, RelativeTime, RowMenu, SimpleTable, useConfirm, useToast } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { MoreButton } from '../MoreButton';
import classes from '../Settings.module.css';
import { ModuleChoice } from '../ModuleChoice';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { usePages } from '../usePages';
import { useSettingsWrite } from '../useSettings';

function mayAct(record: RecordData): boolean {
  return record.may.includes('restore') || record.may.includes('purge');
}

/** What was deleted: back to its place, or gone for good. */
export function RecycleBinPage() {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const { modules, agents } = useMeta();
  /** Those whose page shows a record that is in the bin. */
  const with_page = modules_with_pages[appOf(org)];
  const offered = [...with_page, 'departments', 'pipelines', 'team_pipelines', 'stages'];
  const [words, setWords] = useSearchParams();
  const shown = modules.filter((each) => offered.includes(each.name) && each.may.includes('read'));
  const asked = shown.find((each) => each.name === words.get('module')) ?? shown[0];
  const module = asked?.name ?? offered[0] ?? '';
  const bin = usePages<'records', RecordData>('recycle_bin', 'records', { module });
  const write = useSettingsWrite('recycle_bin');
  const act = useAct();
  const confirm = useConfirm();
  const selection = useSelection();
  const report = useBulkReport();
  const toast = useToast();
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
  const chosen = bin.rows.filter((record) => selection.ids.has(record.id));
  /** Answers on how many it was done; the others are told, and stay chosen. */
  const each = async (acted: RecordData[], run: (base: string, id: string) => Promise<unknown>) => {
    const results = await write((base) => oneByOne(acted.map((record) => record.id), (id) => run(base, id)));
    await cache.invalidateQueries({ queryKey: keys.module(org, module) });
    const left = leftOf(results);
    selection.keepOnly(left);
    report(results.filter((result) => !result.ok), acted);
    return results.length - left.length;
  };
  const restorable = chosen.filter((record) => record.may.includes('restore'));
  const purgeable = chosen.filter((record) => record.may.includes('purge'));
  const handleRestoreMany = () =>
    act(async () => {
      const count = await each(restorable, (base, id) => post(`${base}/${module}/${id}/restore`));
      if (count > 0) toast.done(t('settings.recycle_bin.restored_many', { count }));
    });
  const handlePurgeMany = async () => {
    const is_sure = await confirm({
      title: t('settings.recycle_bin.purge_many_title', { count: purgeable.length }), body: t('settings.recycle_bin.purge_help'), confirm: t('settings.recycle_bin.purge'),
    });
    if (is_sure) await act(() => each(purgeable, (base, id) => remove(`${base}/recycle_bin/${module}/${id}`)));
  };
  const may_act_on_many = bin.rows.some(mayAct);
  const columns: SimpleColumn<RecordData>[] = [
    {
      name: 'title', label: t('settings.recycle_bin.record'),
      show: (record) => {
        const number = asText(record.number);
        const words = <>{number !== null && <span className={classes.dim}>#{number} </span>}{record.title}</>;
        return (
          <Group gap="sm" wrap="nowrap">
            {may_act_on_many && (
              <Checkbox aria-label={t('records.select_one', { title: record.title })} checked={selection.ids.has(record.id)} onChange={() => selection.toggle(record.id)} />
            )}
            {with_page.includes(record.module)
              ? <Link className={classes.nameMain} to={`${homeOf(org)}/${record.module}/${record.id}`}>{words}</Link>
              : <span className={classes.nameMain}>{words}</span>}
          </Group>
        );
      },
    },
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
      show: (record) => !mayAct(record) ? null : (
        <RowMenu label={t('settings.acts_for', { name: record.title })}>
          {record.may.includes('restore') && <Menu.Item leftSection={<IconArrowBackUp size={15} />} onClick={() => void handleRestore(record)}>{t('settings.recycle_bin.restore')}</Menu.Item>}
          {record.may.includes('purge') && <Menu.Item leftSection={<IconTrashX size={15} />} onClick={() => void handlePurge(record)}>{t('settings.recycle_bin.purge')}</Menu.Item>}
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage name="recycle_bin" query={bin.query}>
      {() => (
        <>
          <ModuleChoice
            mb="md"
            offered={offered}
            value={module}
            onChange={(name) => {
              selection.clear();
              setWords({ module: name });
            }}
          />
          {bin.rows.length === 0
            ? <EmptyState icon={<IconTrash size={22} />} title={t('settings.recycle_bin.empty')}>{t('settings.recycle_bin.empty_help')}</EmptyState>
            : <SimpleTable label={t('settings.recycle_bin.title')} columns={columns} rows={bin.rows} keyOf={(record) => record.id} />}
          <MoreButton pages={bin} />
          <BulkBar count={chosen.length} onClear={selection.clear}>
            {restorable.length > 0 && <Button variant="default" onClick={() => void handleRestoreMany()}>{t('settings.recycle_bin.restore')}</Button>}
            {purgeable.length > 0 && <Button variant="default" onClick={() => void handlePurgeMany()}>{t('settings.recycle_bin.purge')}</Button>}
          </BulkBar>
        </>
      )}
    </SettingsPage>
  );
}
