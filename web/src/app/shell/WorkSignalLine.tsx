import { UnstyledButton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Link } from 'react-router';
import { download, homeOf, useMeta, useOrganisation } from '@/api';
import type { WorkSignal } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { useFormat, useToast } from '@/ui';
import classes from './Bell.module.css';
import { ToldWords } from './ToldWords';

interface WorkSignalLineProps {
  signal: WorkSignal;
  onFollow: () => void;
  onRead: () => void;
}

/** A signal about many records: what somebody gave me at once, or how an import or a bulk job ended, with the way to its report. */
export function WorkSignalLine({ signal, onFollow, onRead }: WorkSignalLineProps) {
  const { t } = useText();
  const org = useOrganisation();
  const toast = useToast();
  const words = useWorkWords(signal);
  const { work, kind } = signal;
  const place = kind === 'records_assigned' ? `${work.module}?view=mine` : kind === 'import_ended' && work.has_report ? `settings/imports/${work.id}` : null;
  const is_unread = signal.read_at === null || undefined;
  const handleDownload = () => {
    onRead();
    void download('GET', `${homeOf(org)}/bulk_jobs/${work.id}/report`, `${work.id}.zip`).catch(toast.refused);
  };
  const told = <ToldWords told={signal} {...words} />;
  return (
    <div>
      {place === null
        ? <div className={classes.line} data-unread={is_unread}>{told}</div>
        : <Link className={classes.line} to={`${homeOf(org)}/${place}`} data-unread={is_unread} onClick={onFollow}>{told}</Link>}
      {kind === 'bulk_job_ended' && work.has_report && (
        <div className={classes.acts}>
          <UnstyledButton className={classes.act} onClick={handleDownload}><IconDownload size={14} aria-hidden="true" />{t('signals.work.report')}</UnstyledButton>
        </div>
      )}
    </div>
  );
}

/** What happened, to what, and how many. */
function useWorkWords({ kind, by, work }: WorkSignal): { what: string; about: string; more: string | null } {
  const { t } = useText();
  const format = useFormat();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const found = modules.find(({ name }) => name === work.module);
  const module = found === undefined ? work.module : moduleLabel(found);
  const number = format.number(work.count);
  if (kind === 'records_assigned') {
    const name = by.kind === 'system' ? t('desk.event.system') : by.name;
    return { what: t('signals.kind.records_assigned', { name }), about: t('signals.work.given', { module, number }), more: null };
  }
  const what = t(`signals.kind.${work.fault === null ? kind : kind.replace('_ended', '_failed')}`);
  if (work.is_read) return { what, about: t('signals.work.read', { module, number }), more: null };
  const counts = (['added', 'updated', 'skipped', 'refused'] as const)
    .filter((name) => work[name] > 0)
    .map((name) => t(`lists.import.count_${name}`, { number: format.number(work[name]) }));
  const about = work.file_name === null ? module : t('signals.work.of', { module, file: work.file_name });
  return { what, about, more: counts.length === 0 ? t('signals.work.nothing') : counts.join(' · ') };
}
