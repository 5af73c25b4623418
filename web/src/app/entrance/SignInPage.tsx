import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { post, toRefusal, useSessionQuery, useSetupNeeded, useTakeSession } from '@/api';
import type { Session } from '@/api';
import { useText } from '@/i18n';
import { useRefusalText } from '@/ui';
import { EntranceFrame } from './EntranceFrame';
import { GoBack } from './GoBack';
import { RefusalNote } from './RefusalNote';
import { SetupNeeded } from './SetupNeeded';
import { TotpStep } from './TotpStep';

const waited_seconds_max = 3;

/** E-mail and password, then the code of the second factor when the person has one. */
export function SignInPage() {
  const { t } = useText();
  const [words] = useSearchParams();
  const session = useSessionQuery().data;
  const setup_needed = useSetupNeeded();
  const takeSession = useTakeSession();
  const refusalText = useRefusalText();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [step, setStep] = useState<'password' | 'totp'>('password');
  const [refused, setRefused] = useState<string | null>(null);
  const [is_asked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const [is_sending, setSending] = useState(false);

  if (setup_needed) return <SetupNeeded />;
  if (session) return <GoBack back={words.get('back')} />;

  const send = async (totp_code?: string) => {
    setSending(true);
    setRefused(null);
    setAsked(false);
    try {
      const body = totp_code === undefined ? { email, password } : { email, password, totp_code };
      takeSession(await patiently(() => post<Session>('/session', body)));
    } catch (error) {
      if (toRefusal(error).code === 'totp_required') setStep('totp');
      else setRefused(refusalText(error));
    } finally {
      setSending(false);
    }
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() !== '' && password !== '') return void send();
    setAsked(true);
    form.current?.querySelector<HTMLInputElement>(email.trim() === '' ? '[type="email"]' : '[autocomplete="current-password"]')?.focus();
    return undefined;
  };

  if (step === 'totp')
    return <TotpStep refused={refused} is_sending={is_sending} onSend={(code) => void send(code)} onBack={() => setStep('password')} />;
  return (
    <EntranceFrame
      title={t('entrance.sign_in_title')}
      lead={t('entrance.sign_in_lead')}
      below={<Anchor component={Link} to="/forgotten" size="sm">{t('entrance.forgotten')}</Anchor>}
    >
      <form ref={form} onSubmit={handleSubmit} noValidate>
        <Stack gap="md">
          <RefusalNote words={refused} />
          <TextInput
            label={t('entrance.email')}
            type="email"
            size="md"
            autoComplete="username"
            autoFocus
            value={email}
            error={is_asked && email.trim() === '' ? t('refusal.required') : undefined}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('entrance.password')}
            size="md"
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('entrance.show_password') }}
            value={password}
            error={is_asked && password === '' ? t('refusal.required') : undefined}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="md" fullWidth loading={is_sending}>{t('entrance.sign_in')}</Button>
        </Stack>
      </form>
    </EntranceFrame>
  );
}

/** A short pause that the server asks for between two tries is waited for here instead of told. */
async function patiently(act: () => Promise<Session>): Promise<Session> {
  try {
    return await act();
  } catch (error) {
    const { code, retry_after_seconds } = toRefusal(error);
    if (code !== 'throttled' || retry_after_seconds === null || retry_after_seconds > waited_seconds_max) throw error;
    await new Promise((resolve) => window.setTimeout(resolve, retry_after_seconds * 1000));
    return act();
  }
}
