import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Link } from 'react-router';
import { post } from '@/api';
import { useText } from '@/i18n';
import { useRefusalText } from '@/ui';
import { EntranceFrame } from './EntranceFrame';
import { RefusalNote } from './RefusalNote';

/** Asks for a mail with a link. It never says whether the address is known. */
export function ForgottenPage() {
  const { t } = useText();
  const refusalText = useRefusalText();
  const [email, setEmail] = useState('');
  const [is_sent, setSent] = useState(false);
  const [is_sending, setSending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setRefused(null);
    try {
      await post('/password/forgotten', { email });
      setSent(true);
    } catch (error) {
      setRefused(refusalText(error));
    } finally {
      setSending(false);
    }
  };
  const below = <Anchor component={Link} to="/signin" size="sm">{t('entrance.back_to_sign_in')}</Anchor>;
  if (is_sent)
    return <EntranceFrame title={t('entrance.forgotten_sent_title')} lead={t('entrance.forgotten_sent', { email })} below={below} />;
  return (
    <EntranceFrame title={t('entrance.forgotten_title')} lead={t('entrance.forgotten_lead')} below={below}>
      <form onSubmit={(event) => void handleSubmit(event)}>
        <Stack gap="md">
          <RefusalNote words={refused} />
          <TextInput
            label={t('entrance.email')}
            type="email"
            size="md"
            required
            withAsterisk={false}
            autoComplete="username"
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" size="md" fullWidth loading={is_sending}>{t('entrance.forgotten_send')}</Button>
        </Stack>
      </form>
    </EntranceFrame>
  );
}
