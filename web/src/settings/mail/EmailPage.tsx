import { Alert, Button, Menu } from '@mantine/core';
import { IconMail, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { post } from '@/api';
import type { Mailbox, MailboxCheck } from '@/api';
import { useText } from '@/i18n';
import { Badge, EmptyState, RelativeTime, RowMenu, SimpleTable, useToast } from '@/ui';
import type { SimpleColumn, Tone } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { MailboxDialog } from './MailboxDialog';
import { DeleteRow, EditRow } from '../RowActs';
import { useDelete } from '../useDelete';

const tones: Record<Mailbox['state'], Tone> = { ok: 'good', failing: 'bad', never: 'neutral' };

/** The mailboxes that mails come from and go out of. */
export function EmailPage() {
  const { t } = useText();
  const mailboxes = useSettingsQuery<{ mailboxes: Mailbox[] }>('mailboxes');
  const write = useSettingsWrite('mailboxes');
  const deleteAt = useDelete('mailboxes');
  const toast = useToast();
  const [edited, setEdited] = useState<Mailbox | 'new' | null>(null);
  const [checked, setChecked] = useState<{ address: string; check: MailboxCheck } | null>(null);

  const handleCheck = async (mailbox: Mailbox) => {
    setChecked(null);
    try {
      const check = await write((base) => post<MailboxCheck>(`${base}/mailboxes/${mailbox.id}/check`));
      setChecked({ address: mailbox.address, check });
    } catch (error) {
      toast.refused(error);
    }
  };
  const handleDelete = (mailbox: Mailbox) => deleteAt(`mailboxes/${mailbox.id}`, { title: t('settings.email.delete_title', { address: mailbox.address }), body: t('settings.email.delete_help') });
  const columns: SimpleColumn<Mailbox>[] = [
    {
      name: 'address', label: t('settings.email.address'),
      show: (mailbox) => (
        <span className={classes.nameWords}>
          <span className={classes.nameMain}>{mailbox.address}</span>
          <span className={classes.nameMore}>{mailbox.display_name}</span>
        </span>
      ),
    },
    { name: 'department', label: t('settings.email.department'), width: 170, show: (mailbox) => mailbox.department.title },
    {
      name: 'state', label: t('settings.email.state'), width: 260,
      show: (mailbox) => <MailboxState mailbox={mailbox} />,
    },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (mailbox) => (
        <RowMenu label={t('settings.acts_for', { name: mailbox.address })}>
          <Menu.Item leftSection={<IconPlugConnected size={15} />} onClick={() => void handleCheck(mailbox)}>{t('settings.email.check')}</Menu.Item>
          <EditRow onClick={() => setEdited(mailbox)} />
          <DeleteRow onClick={() => void handleDelete(mailbox)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="email"
      query={mailboxes}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('settings.email.add')}</Button>}
    >
      {(data) => (
        <>
          {checked !== null && <CheckResult {...checked} onClose={() => setChecked(null)} />}
          {data.mailboxes.length === 0
            ? <EmptyState icon={<IconMail size={22} />} title={t('settings.email.empty')}>{t('settings.email.empty_help')}</EmptyState>
            : <SimpleTable label={t('settings.email.title')} columns={columns} rows={data.mailboxes} keyOf={(mailbox) => mailbox.id} />}
          {edited !== null && (
            <MailboxDialog
              mailbox={edited === 'new' ? null : edited}
              onClose={() => setEdited(null)}
              onSaved={(mailbox) => void handleCheck(mailbox)}
            />
          )}
        </>
      )}
    </SettingsPage>
  );
}

function MailboxState({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useText();
  if (!mailbox.is_enabled) return <Badge>{t('settings.email.off')}</Badge>;
  return (
    <span className={classes.nameWords}>
      <span><Badge tone={tones[mailbox.state]}>{t(`settings.email.state_${mailbox.state}`)}</Badge></span>
      <span className={classes.nameMore}>
        {mailbox.state === 'failing'
          ? mailbox.last_error
          : mailbox.last_success_at !== null && <RelativeTime at={mailbox.last_success_at} />}
      </span>
    </span>
  );
}

function CheckResult({ address, check, onClose }: { address: string; check: MailboxCheck; onClose: () => void }) {
  const { t, i18n } = useText();
  // The server answers in English; that a connection works can be said in every language.
  const said = ({ ok, message }: MailboxCheck['imap']) => (ok && i18n.language !== 'en' ? t('settings.email.state_ok') : message);
  const is_fine = check.imap.ok && check.smtp.ok;
  return (
    <Alert
      mb="md"
      role="status"
      color={is_fine ? 'green' : 'red'}
      title={t(is_fine ? 'settings.email.check_fine' : 'settings.email.check_bad', { address })}
      withCloseButton
      closeButtonLabel={t('ui.close')}
      onClose={onClose}
    >
      <div>{t('settings.email.check_imap', { message: said(check.imap) })}</div>
      <div>{t('settings.email.check_smtp', { message: said(check.smtp) })}</div>
    </Alert>
  );
}
