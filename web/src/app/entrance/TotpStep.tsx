import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useText } from '@/i18n';
import { EntranceFrame } from './EntranceFrame';
import { RefusalNote } from './RefusalNote';

interface TotpStepProps {
  refused: string | null;
  is_sending: boolean;
  onSend: (code: string) => void;
  onBack: () => void;
}

/** The code from the app, or one of the recovery codes. */
export function TotpStep({ refused, is_sending, onSend, onBack }: TotpStepProps) {
  const { t } = useText();
  const [code, setCode] = useState('');
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    onSend(code.trim());
  };
  return (
    <EntranceFrame
      title={t('entrance.totp_title')}
      lead={t('entrance.totp_lead')}
      below={<Button variant="subtle" color="gray" size="compact-sm" onClick={onBack}>{t('ui.back')}</Button>}
    >
      <form onSubmit={handleSubmit}>
        <Stack gap="md">
          <RefusalNote words={refused} />
          <TextInput
            label={t('entrance.totp_code')}
            size="md"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            maxLength={20}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button type="submit" size="md" fullWidth loading={is_sending}>{t('entrance.go_on')}</Button>
        </Stack>
      </form>
    </EntranceFrame>
  );
}
