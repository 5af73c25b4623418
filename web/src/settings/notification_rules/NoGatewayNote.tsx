import { Alert, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { gateway_anchor } from './gateway_anchor';

/** SMS are switched on, and nothing sends them. */
export function NoGatewayNote() {
  const { t } = useText();
  return (
    <Alert color="orange.9" mb="sm" icon={<IconAlertTriangle size={16} />} role="status">
      <Group justify="space-between" gap="sm">
        <span>{t('settings.notification_rules.no_gateway')}</span>
        <Button component="a" href={`#${gateway_anchor}`} size="compact-sm" variant="default">{t('settings.notification_rules.to_gateway')}</Button>
      </Group>
    </Alert>
  );
}
