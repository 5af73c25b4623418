import { Button, CopyButton, SimpleGrid, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { put } from '@/api';
import { useText } from '@/i18n';
import { CopyValue, FormDialog, keep_open } from '@/ui';
import { QrCode } from './QrCode';

export interface TotpStart {
  secret: string;
  otpauth_url: string;
}

interface TotpDialogProps {
  start: TotpStart;
  onClose: () => void;
  onDone: () => void;
}

/** Scan, prove with a code, keep the recovery codes. */
export function TotpDialog({ start, onClose, onDone }: TotpDialogProps) {
  const { t } = useText();
  const [code, setCode] = useState('');
  const [recovery_codes, setRecoveryCodes] = useState<string[] | null>(null);
  const send = async () => {
    if (recovery_codes !== null) return undefined;
    const answer = await put<{ recovery_codes: string[] }>('/me/totp', { code: code.trim() });
    setRecoveryCodes(answer.recovery_codes);
    onDone();
    return keep_open;
  };
  return (
    <FormDialog
      title={t('settings.my_account.totp')}
      submit_label={recovery_codes === null ? t('settings.my_account.totp_confirm') : t('settings.my_account.codes_kept')}
      is_open
      required={recovery_codes === null ? { code } : {}}
      is_final={recovery_codes !== null}
      onClose={onClose}
      onSubmit={send}
    >
      {(faultOf) =>
        recovery_codes !== null ? (
          <>
            <Text size="sm">{t('settings.my_account.codes_help')}</Text>
            <SimpleGrid cols={2} spacing={6}>
              {recovery_codes.map((each) => <code key={each}>{each}</code>)}
            </SimpleGrid>
            <CopyButton value={recovery_codes.join('\n')}>
              {({ copied, copy }) => (
                <Button variant="default" flex="none" leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} onClick={copy}>
                  {copied ? t('ui.copied') : t('settings.my_account.codes_copy')}
                </Button>
              )}
            </CopyButton>
          </>
        ) : (
          <>
            <Text size="sm">{t('settings.my_account.totp_scan')}</Text>
            <QrCode text={start.otpauth_url} label={t('settings.my_account.totp_qr')} />
            <Text size="xs" c="dimmed">{t('settings.my_account.totp_by_hand')}</Text>
            <CopyValue value={start.secret} label={t('settings.my_account.totp_secret')} />
            <TextInput
              label={t('entrance.totp_code')} inputMode="numeric" autoComplete="one-time-code" data-autofocus maxLength={10} value={code}
              error={faultOf('code')} onChange={(event) => setCode(event.currentTarget.value)}
            />
          </>
        )
      }
    </FormDialog>
  );
}
