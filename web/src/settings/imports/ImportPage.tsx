import { Alert, Button, Group, Progress } from '@mantine/core';
import { IconChevronLeft, IconDownload } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { homeOf, useMeta, useOrganisation } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { Section, useRefusalText } from '@/ui';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { ColumnTable } from './ColumnTable';
import { FaultTable } from './FaultTable';
import { ImportOptions } from './ImportOptions';
import classes from './Imports.module.css';
import { isOver, isUnderWay } from './import_types';
import type { ImportData } from './import_types';
import { StateBadge } from './ImportsPage';
import { useCountWords } from './useCountWords';
import { useImport } from './useImport';
import { useReport } from './useReport';

/** One file on its way to become records: what its columns mean, a check, the import, and what was refused. */
export function ImportPage() {
  const { t } = useText();
  const org = useOrganisation();
  const { id = '' } = useParams();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const refusalText = useRefusalText();
  const { query, changing, acting, path } = useImport(id);
  const module = modules.find((each) => each.name === query.data?.module);
  const before = (
    <Link className={classes.back} to={`${homeOf(org)}/settings/imports`}><IconChevronLeft size={14} aria-hidden="true" />{t('settings.imports.title')}</Link>
  );
  return (
    <SettingsPage name="imports" title={query.data?.file_name ?? t('settings.imports.title')} query={query} before={before}>
      {(data) => (
        <div className={classes.parts}>
          <Section title={t('lists.import.into', { module: module ? moduleLabel(module, 'within') : data.module })}>
            <Group gap="sm" align="baseline"><StateBadge row={data} /><Outcome data={data} /></Group>
            {isUnderWay(data.state) && (
              <Progress mt="sm" aria-label={t('lists.import.progress')} value={(100 * data.counts.done) / Math.max(data.counts.total, 1)} animated />
            )}
            {data.state === 'failed' && <Alert mt="sm" color="red" role="alert">{t(`lists.import.fault_${data.fault}`)}</Alert>}
            {acting.isError && <Alert mt="sm" color="red" role="alert">{refusalText(acting.error)}</Alert>}
            {data.state === 'ready' && <p className={classes.help}>{t('lists.import.checked_help')}</p>}
            <Group mt="md" gap="xs">
              {!isOver(data.state) && !isUnderWay(data.state) && (
                <>
                  <Button variant={data.state === 'ready' ? 'default' : 'filled'} loading={acting.isPending} onClick={() => acting.mutate('check')}>{t('lists.import.check')}</Button>
                  <Button variant={data.state === 'ready' ? 'filled' : 'default'} disabled={data.state !== 'ready'} loading={acting.isPending} onClick={() => acting.mutate('start')}>{t('lists.import.start')}</Button>
                </>
              )}
              {isUnderWay(data.state) && <Button variant="default" onClick={() => acting.mutate('stop')}>{t('lists.import.stop')}</Button>}
              <Reports data={data} path={path} />
            </Group>
          </Section>
          {data.counts.refused > 0 && !isUnderWay(data.state) && <FaultTable data={data} />}
          {data.headings !== undefined && !isOver(data.state) && (
            <>
              <ImportOptions data={data} is_locked={isUnderWay(data.state)} onChange={(changes) => changing.mutate(changes)} />
              <ColumnTable data={data} is_locked={isUnderWay(data.state)} onChange={(columns) => changing.mutate(withColumns(data, columns))} />
            </>
          )}
        </div>
      )}
    </SettingsPage>
  );
}

/** A field that no column is any more can't be what records are known by. */
function withColumns(data: ImportData, columns: string[]) {
  const { match } = data.settings;
  return { columns, match: columns.includes(match) ? match : '' };
}

/** What became of the rows, as files: of all of them, and of those to be mended. */
function Reports({ data, path }: { data: ImportData; path: string }) {
  const { t } = useText();
  const act = useAct();
  const report = useReport(data, path);
  if (isUnderWay(data.state) || data.counts.done === 0) return null;
  return (
    <>
      {data.counts.refused > 0 && (
        <Button variant="default" leftSection={<IconDownload size={15} />} onClick={() => void act(() => report('refused'))}>{t('lists.import.report')}</Button>
      )}
      <Button variant="default" leftSection={<IconDownload size={15} />} onClick={() => void act(() => report('all'))}>{t('lists.import.report_all')}</Button>
    </>
  );
}

function Outcome({ data }: { data: ImportData }) {
  const { t } = useText();
  const countWords = useCountWords();
  const words = countWords(data.counts);
  if (data.state === 'fresh') return <span className={classes.help}>{t('lists.import.rows', { count: data.counts.total })}</span>;
  return <span role="status">{words}</span>;
}
