import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { post, remove, useSession, useTakePerson } from '@/api';
import { useText } from '@/i18n';
import { Badge, FormDialog, Section, useToast } from '@/ui';
import { TotpDialog } from './TotpDialog';
import type { TotpStart } from './TotpDialog';

/** The second factor: on, off, and on the way. */
export function TotpSection() {
  const { t } = useText();
  const { person } = useSession();
  const takePerson = useTakePerson();
  const toast = useToast();
  const [started, setStarted] = useState<TotpStart | null>(null);
  const [is_ending, setEnding] = useState(false);
  const [password, setPassword] = useState('');
  const handleStart = async () => {
    try {
      setStarted(await post<TotpStart>('/me/totp'));
    } catch (error) {
      toast.refused(error);
    }
  };
  const end = async () => {
    await remove('/me/totp', { password });
    takePerson({ ...person, totp_enabled: false });
    setPassword('');
    toast.done(t('settings.my_account.totp_off_done'));
  };
  return (
    <Section
      title={t('settings.my_account.totp')}
      lead={t('settings.my_account.totp_lead')}
      actions={person.totp_enabled ? <Badge tone="good">{t('settings.my_account.totp_on')}</Badge> : <Badge>{t('settings.my_account.totp_off')}</Badge>}
    >
      {person.totp_enabled
        ? <Button variant="default" onClick={() => setEnding(true)}>{t('settings.my_account.totp_end')}</Button>
        : <Button onClick={() => void handleStart()}>{t('settings.my_account.totp_start')}</Button>}
      {started !== null && <TotpDialog start={started} onClose={() => setStarted(null)} onDone={() => takePerson({ ...person, totp_enabled: true })} />}
      <FormDialog
        title={t('settings.my_account.totp_end')} submit_label={t('settings.my_account.totp_end')} size="sm"
        is_open={is_ending} required={{ password }} onClose={() => setEnding(false)} onSubmit={end}
      >
        {(faultOf) => (
          <PasswordInput
            label={t('settings.my_account.current_password')} description={t('settings.my_account.totp_end_help')} data-autofocus
            autoComplete="current-password" visibilityToggleButtonProps={{ 'aria-label': t('entrance.show_password') }}
            value={password} error={faultOf('password')} onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
      </FormDialog>
    </Section>
  );
}
