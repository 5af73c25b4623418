import { Button, NumberInput, Switch, TextInput } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { post, put, remove } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, Section, SimpleTable, useFormat, useRefusalText } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';

interface BlockedSender {
  id: string;
  sender: string;
  blocked_at: string;
}

interface SpamSettings {
  believes_filters: boolean;
  days_kept: number;
  blocked: BlockedSender[];
  blocked_max: number;
}

/** Whose mails are spam, whether the mail server's word counts, and how long spam is kept. */
export function SpamPage() {
  const settings = useSettingsQuery<SpamSettings>('spam');
  return (
    <SettingsPage name="spam" query={settings} width="read">
      {(data) => (
        <>
          <SpamRules key={data.days_kept} settings={data} />
          <BlockedSenders settings={data} />
        </>
      )}
    </SettingsPage>
  );
}

function SpamRules({ settings }: { settings: SpamSettings }) {
  const { t } = useText();
  const write = useSettingsWrite('spam', 'audit_log');
  const act = useAct();
  const [days, setDays] = useState<number | string>(settings.days_kept);
  const save = (changes: Partial<SpamSettings>) => act(() => write((base) => put(`${base}/spam`, changes)), t('ui.saved'));
  return (
    <Section title={t('settings.spam.rules')}>
      <Switch
        label={t('settings.spam.believes_filters')}
        description={t('settings.spam.believes_filters_help')}
        checked={settings.believes_filters}
        onChange={(event) => void save({ believes_filters: event.currentTarget.checked })}
      />
      <NumberInput
        label={t('settings.spam.days_kept')}
        description={t('settings.spam.days_kept_help')}
        min={0}
        max={365}
        allowDecimal={false}
        w={320}
        mt="md"
        value={days}
        onChange={setDays}
        onBlur={() => typeof days === 'number' && days !== settings.days_kept && void save({ days_kept: days })}
      />
    </Section>
  );
}

function BlockedSenders({ settings }: { settings: SpamSettings }) {
  const { t } = useText();
  const format = useFormat();
  const write = useSettingsWrite('spam', 'audit_log');
  const act = useAct();
  const columns: SimpleColumn<BlockedSender>[] = [
    { name: 'sender', label: t('settings.spam.sender'), show: (each) => each.sender },
    { name: 'blocked_at', label: t('settings.spam.blocked_at'), width: 190, show: (each) => format.instant(each.blocked_at) },
    {
      name: 'acts', label: '', kind: 'acts', width: 130,
      show: (each) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('settings.spam.unblock_sender', { sender: each.sender })}
          onClick={() => void act(() => write((base) => remove(`${base}/spam/blocked/${each.id}`)), t('settings.spam.unblocked', { sender: each.sender }))}
        >
          {t('settings.spam.unblock')}
        </Button>
      ),
    },
  ];
  return (
    <Section title={t('settings.spam.blocked')} lead={t('settings.spam.blocked_lead', { limit: format.number(settings.blocked_max) })}>
      <BlockForm />
      {settings.blocked.length === 0
        ? <EmptyState icon={<IconBan size={22} />} title={t('settings.spam.nobody')}>{t('settings.spam.nobody_help')}</EmptyState>
        : <SimpleTable label={t('settings.spam.blocked')} columns={columns} rows={settings.blocked} keyOf={(each) => each.id} />}
    </Section>
  );
}

function BlockForm() {
  const { t } = useText();
  const write = useSettingsWrite('spam', 'audit_log');
  const refusalText = useRefusalText();
  const [sender, setSender] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await write((base) => post(`${base}/spam/blocked`, { sender }));
      setSender('');
      setFault(undefined);
    } catch (error) {
      setFault(refusalText(error));
    }
  };
  return (
    <form onSubmit={(event) => void handleSubmit(event)} noValidate>
      <TextInput
        label={t('settings.spam.sender')}
        value={sender}
        error={fault}
        maxLength={254}
        onChange={(event) => setSender(event.currentTarget.value)}
        rightSectionWidth="auto"
        rightSection={<Button type="submit" size="compact-sm" mr={6} disabled={sender.trim() === ''}>{t('settings.spam.block')}</Button>}
        mb="md"
      />
    </form>
  );
}
