import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import type { OAuthClient } from '@/api';
import { useText } from '@/i18n';
import { CopyValue } from '@/ui';
import { LabelledValue } from './LabelledValue';

/** The only moment at which the secret of a client is seen. */
export function SecretDialog({ client, onClose }: { client: OAuthClient; onClose: () => void }) {
  const { t } = useText();
  return (
    <Modal opened onClose={onClose} title={client.name} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <Stack gap="sm">
        <LabelledValue label={t('settings.api.client_id')}>
          <CopyValue value={client.client_id} label={t('settings.api.client_id')} />
        </LabelledValue>
        {client.client_secret !== undefined && (
          <>
            <LabelledValue label={t('settings.api.client_secret')}>
              <CopyValue value={client.client_secret} label={t('settings.api.client_secret')} />
            </LabelledValue>
            <Alert color="yellow" p="xs">{t('settings.api.secret_once')}</Alert>
          </>
        )}
      </Stack>
      <Group justify="flex-end" mt="lg"><Button onClick={onClose}>{t('settings.api.kept')}</Button></Group>
    </Modal>
  );
}
