import { Alert, NativeSelect, Stack, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { post } from '@/api';
import type { OAuthClient } from '@/api';
import { useText } from '@/i18n';
import { CopyValue, FormDialog, keep_open, useFormat } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import { LabelledValue } from './LabelledValue';

interface CodeDialogProps {
  client: OAuthClient;
  onClose: () => void;
}

const minutes_offered = ['3', '5', '7', '10'];
const known_scopes = ['Desk.tickets.ALL', 'Desk.tickets.READ', 'Desk.contacts.ALL', 'Desk.contacts.READ', 'Desk.products.ALL', 'Desk.products.READ', 'Desk.tasks.ALL', 'Desk.events.ALL', 'Desk.calls.ALL', 'Desk.settings.READ', 'Desk.search.READ', 'Desk.basic.READ'];

/** A short-lived code with which a program of one's own gets its first token. */
export function CodeDialog({ client, onClose }: CodeDialogProps) {
  const { t } = useText();
  const format = useFormat();
  const write = useSettingsWrite('oauth_tokens');
  const [scopes, setScopes] = useState<string[]>(['Desk.tickets.READ']);
  const [minutes, setMinutes] = useState('10');
  const [made, setMade] = useState<{ code: string; expires_at: string } | null>(null);
  const send = async () => {
    if (made !== null) return undefined;
    const body = { scopes, minutes: Number(minutes) };
    setMade(await write((base) => post<{ code: string; expires_at: string }>(`${base}/oauth_clients/${client.id}/code`, body)));
    return keep_open;
  };
  return (
    <FormDialog
      title={t('settings.api.make_code')}
      submit_label={made === null ? t('settings.api.make_code') : t('settings.api.kept')}
      is_open
      onClose={onClose}
      onSubmit={send}
    >
      {(faultOf) =>
        made !== null ? (
          <Stack gap="sm">
            <LabelledValue label={t('settings.api.code')}><CopyValue value={made.code} label={t('settings.api.code')} /></LabelledValue>
            <Alert color="yellow" p="xs">{t('settings.api.code_until', { at: format.instant(made.expires_at) })}</Alert>
          </Stack>
        ) : (
          <>
            <TagsInput
              label={t('settings.api.scopes')} description={t('settings.api.scopes_help')} withAsterisk data={known_scopes} value={scopes}
              error={faultOf('scopes')} onChange={setScopes}
            />
            <NativeSelect
              label={t('settings.api.minutes')} value={minutes} error={faultOf('minutes')}
              data={minutes_offered.map((each) => ({ value: each, label: t('settings.api.minutes_count', { count: Number(each) }) }))}
              onChange={(event) => setMinutes(event.currentTarget.value)}
            />
          </>
        )
      }
    </FormDialog>
  );
}
