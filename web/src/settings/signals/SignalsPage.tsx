import { Button, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { put, useApp } from '@/api';
import type { SignalSwitch } from '@/api';
import { useText } from '@/i18n';
import { Section } from '@/ui';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';

/** What people of CRM and Bigin are told without asking, channel by channel: a switch for each signal. */
export function SignalsPage() {
  const query = useSettingsQuery<{ signals: SignalSwitch[] }>('signals');
  const name = useApp() === 'crm' ? 'sales_signals' : 'signals';
  return <SettingsPage name={name} query={query} width="read">{({ signals }) => <SwitchForm signals={signals} />}</SettingsPage>;
}

function SwitchForm({ signals }: { signals: SignalSwitch[] }) {
  const { t } = useText();
  const act = useAct();
  const write = useSettingsWrite('signals');
  const [changes, setChanges] = useState<Record<string, boolean>>({});
  const [is_saving, setSaving] = useState(false);
  const isOn = (signal: SignalSwitch) => changes[signal.name] ?? signal.is_on;
  const is_changed = signals.some((signal) => isOn(signal) !== signal.is_on);
  const handleSave = async () => {
    if (!is_changed || is_saving) return;
    setSaving(true);
    await act(() => write((base) => put(`${base}/signals`, { signals: changes })), t('ui.saved'));
    setSaving(false);
  };
  return (
    <>
      {[...new Set(signals.map((signal) => signal.channel))].map((channel) => (
        <Section key={channel} title={t(`signals.channel.${channel}`)}>
          <Stack gap="md">
            {signals.filter((signal) => signal.channel === channel).map((signal) => (
              <Switch
                key={signal.name} label={t(`signals.name.${signal.name}`)} description={t(`signals.help.${signal.name}`)} checked={isOn(signal)}
                onChange={(event) => setChanges({ ...changes, [signal.name]: event.currentTarget.checked })}
              />
            ))}
          </Stack>
        </Section>
      ))}
      {/* Not `disabled`: it would lose the focus to nowhere by its own press. */}
      <Button mt="md" aria-disabled={!is_changed} data-disabled={!is_changed || undefined} loading={is_saving} onClick={() => void handleSave()}>{t('ui.save')}</Button>
    </>
  );
}
