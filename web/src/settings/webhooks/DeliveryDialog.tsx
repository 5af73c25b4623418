import { Modal, Stack } from '@mantine/core';
import { useText } from '@/i18n';
import { RowsSkeleton, useFormat } from '@/ui';
import { LabelledValue } from '../developer/LabelledValue';
import { useSettingsQuery } from '../useSettings';
import styles from './Webhooks.module.css';
import type { WebhookDelivery } from './webhook_types';

/** One delivery with what was sent. */
export function DeliveryDialog({ webhook, delivery, onClose }: { webhook: string; delivery: WebhookDelivery; onClose: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const whole = useSettingsQuery<WebhookDelivery>(`webhooks/${webhook}/deliveries/${delivery.id}`).data;
  return (
    <Modal opened onClose={onClose} size="lg" title={t(`webhooks.event.${delivery.event}`)} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <Stack gap="sm">
        <LabelledValue label={t('webhooks.state')}>{t(`webhooks.state_${delivery.state}`)}</LabelledValue>
        {delivery.tried_at !== null && <LabelledValue label={t('webhooks.tried_at')}>{format.instant(delivery.tried_at)}</LabelledValue>}
        {delivery.next_try_at !== null && <LabelledValue label={t('webhooks.next_try_at')}>{format.instant(delivery.next_try_at)}</LabelledValue>}
        {(delivery.status !== 0 || delivery.answer !== '') && (
          <LabelledValue label={t('webhooks.answer')}>{[delivery.status === 0 ? '' : String(delivery.status), delivery.answer].join(' ')}</LabelledValue>
        )}
        <LabelledValue label={t('webhooks.sent')}>
          {whole === undefined
            ? <RowsSkeleton rows={4} />
            : <pre className={styles.content} tabIndex={0} aria-label={t('webhooks.sent')}>{JSON.stringify(whole.content, null, 2)}</pre>}
        </LabelledValue>
      </Stack>
    </Modal>
  );
}
