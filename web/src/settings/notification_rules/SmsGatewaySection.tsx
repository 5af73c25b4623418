import { Alert, Button, Group, Text } from '@mantine/core';
import { IconMessage2, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { remove } from '@/api';
import type { SmsGateway } from '@/api';
import { useText } from '@/i18n';
import { Badge, ErrorState, RelativeTime, RowsSkeleton, Section, useConfirm } from '@/ui';
import classes from '../Settings.module.css';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { SmsGatewayDialog } from './SmsGatewayDialog';
import { SmsTest } from './SmsTest';

/** The gateway that SMS go out by, and whether it works. */
export function SmsGatewaySection() {
  const { t } = useText();
  const query = useSettingsQuery<{ gateway: SmsGateway | null }>('sms_gateway');
  const write = useSettingsWrite('sms_gateway');
  const act = useAct();
  const confirm = useConfirm();
  const [is_edited, setEdited] = useState(false);
  const gateway = query.data?.gateway ?? null;
  const handleDelete = async () => {
    const is_sure = await confirm({
      title: t('settings.sms_gateway.delete_title'), body: t('settings.sms_gateway.delete_help'), confirm: t('ui.delete'),
    });
    if (is_sure) await act(() => write((base) => remove(`${base}/sms_gateway`)));
  };
  return (
    <Section title={t('settings.sms_gateway.title')} lead={t('settings.sms_gateway.lead')}>
      {query.isPending && <RowsSkeleton rows={2} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && gateway === null && (
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setEdited(true)}>{t('settings.sms_gateway.add')}</Button>
      )}
      {gateway !== null && (
        <>
          <Group justify="space-between" mb="sm">
            <Group gap="xs" wrap="nowrap" miw={0}>
              <IconMessage2 size={18} aria-hidden="true" />
              <span className={classes.nameMore}>{gateway.method} {gateway.url}</span>
              <Badge tone={gateway.is_enabled ? 'good' : 'neutral'}>
                {t(gateway.is_enabled ? 'settings.sms_gateway.on' : 'settings.sms_gateway.off')}
              </Badge>
            </Group>
            <Group gap="xs">
              <Button variant="default" onClick={() => setEdited(true)}>{t('ui.edit')}</Button>
              <Button variant="default" onClick={() => void handleDelete()}>{t('ui.delete')}</Button>
            </Group>
          </Group>
          {gateway.last_failure !== null && (
            <Alert color="red" p="xs" mb="sm" title={t('settings.sms_gateway.last_failure')}>
              <Text size="sm">{gateway.last_failure.message} (<RelativeTime at={gateway.last_failure.at} />)</Text>
            </Alert>
          )}
          <SmsTest />
        </>
      )}
      {is_edited && <SmsGatewayDialog gateway={gateway} onClose={() => setEdited(false)} />}
    </Section>
  );
}
