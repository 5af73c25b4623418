import { Radio, Stack, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post } from '@/api';
import type { OAuthClient } from '@/api';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { useSettingsWrite } from '../useSettings';

interface ClientDialogProps {
  onClose: () => void;
  onMade: (client: OAuthClient) => void;
}

const kinds: OAuthClient['kind'][] = ['self', 'web', 'public'];

/** Registers a program. Its secret is shown once, after this. */
export function ClientDialog({ onClose, onMade }: ClientDialogProps) {
  const { t } = useText();
  const write = useSettingsWrite('oauth_clients');
  const [name, setName] = useState('');
  const [kind, setKind] = useState<OAuthClient['kind']>('self');
  const [redirect_uris, setRedirects] = useState<string[]>([]);
  const send = async () => {
    const body = { name, kind, redirect_uris: kind === 'self' ? [] : redirect_uris };
    onMade(await write((base) => post<OAuthClient>(`${base}/oauth_clients`, body)));
  };
  return (
    <FormDialog title={t('settings.api.add')} submit_label={t('ui.create')} is_open required={{ name, ...(kind === 'self' ? {} : { redirect_uris }) }} onClose={onClose} onSubmit={send}>
      {(faultOf) => (
        <>
          <TextInput
            label={t('settings.api.name')} withAsterisk data-autofocus maxLength={120} value={name}
            error={faultOf('name')} onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group
            label={t('settings.api.kind')} value={kind} error={faultOf('kind')}
            onChange={(word) => setKind(kinds.find((each) => each === word) ?? 'self')}
          >
            <Stack gap={8} mt={4}>
              {kinds.map((each) => (
                <Radio key={each} value={each} size="sm" label={t(`settings.api.kind_${each}`)} description={t(`settings.api.kind_${each}_help`)} />
              ))}
            </Stack>
          </Radio.Group>
          {kind !== 'self' && (
            <TagsInput
              label={t('settings.api.redirects')} description={t('settings.api.redirects_help')} withAsterisk value={redirect_uris}
              error={faultOf('redirect_uris')} onChange={setRedirects}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
