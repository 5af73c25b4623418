import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { post, toRefusal, useSessionQuery, useSetupNeeded, useTakeSession } from '@/api';
import type { Session } from '@/api';
import { useText } from '@/i18n';
import { useRefusalText } from '@/ui';
import { EntranceFrame } from './EntranceFrame';
import { RefusalNote } from './RefusalNote';
import { SetupNeeded } from './SetupNeeded';
import { TotpStep } from './TotpStep';

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
  const [is_sending, setSending] = useState(false);

  if (setup_needed) return <SetupNeeded />;
  if (session) return <Navigate to={safeBack(words.get('back'))} replace />;

  const send = async (totp_code?: string) => {
    setSending(true);
    setRefused(null);
    try {
      const body = totp_code === undefined ? { email, password } : { email, password, totp_code };
      takeSession(await post<Session>('/session', body));
    } catch (error) {
      if (toRefusal(error).code === 'totp_required') setStep('totp');
      else setRefused(refusalText(error));
    } finally {
      setSending(false);
    }
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };

  if (step === 'totp')
    return <TotpStep refused={refused} is_sending={is_sending} onSend={(code) => void send(code)} onBack={() => setStep('password')} />;
  return (
    <EntranceFrame
      title={t('entrance.sign_in_title')}
      lead={t('entrance.sign_in_lead')}
      below={<Anchor component={Link} to="/forgotten" size="sm">{t('entrance.forgotten')}</Anchor>}
    >
      <form onSubmit={handleSubmit}>
        <Stack gap="md">
          <RefusalNote words={refused} />
          <TextInput
            label={t('entrance.email')}
            type="email"
            size="md"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('entrance.password')}
            size="md"
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('entrance.show_password') }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="md" fullWidth loading={is_sending}>{t('entrance.sign_in')}</Button>
        </Stack>
      </form>
    </EntranceFrame>
  );
}

/** Back to where the person wanted to go, never to another site. */
function safeBack(back: string | null): string {
  return back !== null && /^\/(?![/\\])/.test(back) ? back : '/';
}
