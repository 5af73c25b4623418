import { Menu } from '@mantine/core';
import { IconDownload, IconMailCheck, IconRefresh } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { homeOf, post, useOrganisation } from '@/api';
import type { ParkedMail, RetriedMail } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, RelativeTime, RowMenu, SimpleTable, useFormat, useToast } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { usePages } from '../usePages';
import { MoreButton } from '../MoreButton';
import { useSettingsWrite } from '../useSettings';
import { useParkedReason } from './useParkedReason';
import { DeleteRow } from '../RowActs';
import { useDelete } from '../useDelete';

/** Mails that came in and could not become tickets. None is thrown away without a person's word. */
export function ParkedMailsPage() {
  const { t } = useText();
  const org = useOrganisation();
  const format = useFormat();
  const mails = usePages<'mails', ParkedMail>('parked_mails', 'mails');
  const write = useSettingsWrite('parked_mails');
  const deleteAt = useDelete('parked_mails');
  const act = useAct();
  const toast = useToast();
  const navigate = useNavigate();
  const reasonWords = useParkedReason();
  const handleRetry = (mail: ParkedMail) =>
    act(async () => {
      const { outcome, ticket_id, reason } = await write((base) => post<RetriedMail>(`${base}/parked_mails/${mail.id}/retry`));
      const subject = mail.subject === '' ? t('settings.parked_mails.no_subject') : mail.subject;
      if (outcome === 'parked') return toast.failed(t('settings.parked_mails.still_parked', { subject, reason: reasonWords(reason) }));
      if (ticket_id === null || ticket_id === '0') return toast.done(t('settings.parked_mails.taken_plain', { subject }));
      return toast.offering(t('settings.parked_mails.taken', { subject }), t('settings.parked_mails.taken_open'), () =>
        void navigate(`${homeOf(org)}/tickets/${ticket_id}`));
    });
  const handleDelete = (mail: ParkedMail) => deleteAt(`parked_mails/${mail.id}`, { title: t('settings.parked_mails.delete_title'), body: t('settings.parked_mails.delete_help', { subject: mail.subject }) });
  const columns: SimpleColumn<ParkedMail>[] = [
    {
      name: 'subject', label: t('settings.parked_mails.mail'), width: '34%',
      show: (mail) => (
        <span className={classes.nameWords}>
          <span className={classes.nameMain}>{mail.subject || t('settings.parked_mails.no_subject')}</span>
          <span className={classes.nameMore}>{mail.from}</span>
        </span>
      ),
    },
    { name: 'reason', label: t('settings.parked_mails.reason'), show: (mail) => reasonWords(mail.reason) },
    { name: 'size', label: t('settings.parked_mails.size'), width: 90, show: (mail) => <span className={classes.dim}>{format.bytes(mail.size_bytes)}</span> },
    { name: 'at', label: t('settings.parked_mails.received'), width: 120, show: (mail) => <RelativeTime at={mail.received_at} className={classes.dim} /> },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (mail) => (
        <RowMenu label={t('settings.acts_for', { name: mail.subject })}>
          {mail.is_kept && (
            <>
              <Menu.Item leftSection={<IconRefresh size={15} />} onClick={() => void handleRetry(mail)}>
                {t('settings.parked_mails.retry')}
              </Menu.Item>
              <Menu.Item leftSection={<IconDownload size={15} />} component="a" href={`/native${homeOf(org)}/parked_mails/${mail.id}/raw`}>
                {t('settings.parked_mails.download')}
              </Menu.Item>
            </>
          )}
          <DeleteRow onClick={() => void handleDelete(mail)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage name="parked_mails" query={mails.query}>
      {() => (
        <>
          {mails.rows.length === 0
            ? <EmptyState icon={<IconMailCheck size={22} />} title={t('settings.parked_mails.empty')}>{t('settings.parked_mails.empty_help')}</EmptyState>
            : <SimpleTable label={t('settings.parked_mails.title')} columns={columns} rows={mails.rows} keyOf={(mail) => mail.id} />}
          <MoreButton pages={mails} />
        </>
      )}
    </SettingsPage>
  );
}
