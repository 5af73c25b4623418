import { Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { patch, post, useMeta } from '@/api';
import type { Mailbox } from '@/api';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import { bodyOf, formOf } from './mailbox_form';
import type { MailboxForm } from './mailbox_form';
import { ServerInputs } from './ServerInputs';

interface MailboxDialogProps {
  mailbox: Mailbox | null;
  onClose: () => void;
  onSaved: (mailbox: Mailbox) => void;
}

/** A mailbox with its two servers. A password that is there already is kept when left empty, for the same server and user. */
export function MailboxDialog({ mailbox, onClose, onSaved }: MailboxDialogProps) {
  const { t } = useText();
  const { departments } = useMeta();
  const write = useSettingsWrite('mailboxes');
  const [form, setForm] = useState<MailboxForm>(() => formOf(mailbox));
  const set = (changes: Partial<MailboxForm>) => setForm((before) => ({ ...before, ...changes }));
  const send = async () => {
    const saved = await write((base) =>
      mailbox === null
        ? post<Mailbox>(`${base}/mailboxes`, bodyOf(form))
        : patch<Mailbox>(`${base}/mailboxes/${mailbox.id}`, bodyOf(form)),
    );
    onSaved(saved);
  };
  return (
    <FormDialog
      title={mailbox === null ? t('settings.email.add') : mailbox.address}
      submit_label={mailbox === null ? t('settings.email.add') : t('ui.save')}
      size="lg"
      is_open
      required={{ address: form.address, department: form.department }}
      onClose={onClose}
      onSubmit={send}
    >
      {(faultOf) => (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              label={t('settings.email.address')} withAsterisk type="email" data-autofocus autoComplete="off" value={form.address}
              error={faultOf('address')} onChange={(event) => set({ address: event.currentTarget.value })}
            />
            <TextInput
              label={t('settings.email.display_name')} description={undefined} value={form.display_name}
              error={faultOf('display_name')} onChange={(event) => set({ display_name: event.currentTarget.value })}
            />
          </SimpleGrid>
          <Select
            label={t('settings.email.department')} description={t('settings.email.department_help')} withAsterisk allowDeselect={false}
            data={departments.map((each) => ({ value: each.id, label: each.name }))} value={form.department}
            error={faultOf('department')} onChange={(department) => set({ department })}
          />
          <ServerInputs kind="imap" server={form.imap} saved={mailbox?.imap} faultOf={faultOf} onChange={(imap) => set({ imap })} />
          <ServerInputs kind="smtp" server={form.smtp} saved={mailbox?.smtp} faultOf={faultOf} onChange={(smtp) => set({ smtp })} />
          <Switch
            label={t('settings.email.plus_address')} description={t('settings.email.plus_address_help')} checked={form.uses_plus_address}
            onChange={(event) => set({ uses_plus_address: event.currentTarget.checked })}
          />
          <Switch
            label={t('settings.email.is_enabled')} checked={form.is_enabled}
            onChange={(event) => set({ is_enabled: event.currentTarget.checked })}
          />
        </>
      )}
    </FormDialog>
  );
}
