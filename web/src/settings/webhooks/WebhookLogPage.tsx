import { Button, Menu, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconEye, IconList, IconRefresh, IconReload } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { homeOf, post, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { Badge, EmptyState, RowMenu, SimpleTable, useFormat } from '@/ui';
import type { SimpleColumn, Tone } from '@/ui';
import { MoreButton } from '../MoreButton';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { usePages } from '../usePages';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { DeliveryDialog } from './DeliveryDialog';
import styles from './Webhooks.module.css';
import type { DeliveryState, Webhook, WebhookDelivery } from './webhook_types';

const tone_of: Record<DeliveryState, Tone> = { waiting: 'note', delivered: 'good', failed: 'bad' };
const states = ['all', 'waiting', 'delivered', 'failed'];

/** What one webhook was told, the newest first. */
export function WebhookLogPage() {
  const { t } = useText();
  const format = useFormat();
  const org = useOrganisation();
  const id = useParams().id ?? '';
  const [state, setState] = useState('all');
  const webhook = useSettingsQuery<Webhook>(`webhooks/${id}`).data;
  const address = `webhooks/${id}/deliveries`;
  const log = usePages<'deliveries', WebhookDelivery>(address, 'deliveries', state === 'all' ? {} : { state });
  const write = useSettingsWrite(address);
  const act = useAct();
  const [opened, setOpened] = useState<WebhookDelivery | null>(null);
  const handleAgain = (delivery: WebhookDelivery) =>
    act(() => write((base) => post(`${base}/${address}/${delivery.id}/redeliver`)), t('webhooks.redeliver_done'));
  const columns: SimpleColumn<WebhookDelivery>[] = [
    { name: 'event', label: t('webhooks.event_one'), width: 170, show: (delivery) => <span className={classes.nameMain}>{t(`webhooks.event.${delivery.event}`)}</span> },
    { name: 'state', label: t('webhooks.state'), width: 120, show: (delivery) => <Badge tone={tone_of[delivery.state]}>{t(`webhooks.state_${delivery.state}`)}</Badge> },
    {
      name: 'answer', label: t('webhooks.answer'),
      show: (delivery) => (
        <span className={styles.answer}>
          {delivery.status !== 0 && <span>{delivery.status}</span>} {delivery.answer}
        </span>
      ),
    },
    { name: 'attempts', label: t('webhooks.attempts'), width: 90, show: (delivery) => format.number(delivery.attempts) },
    { name: 'at', label: t('webhooks.at'), width: 190, show: (delivery) => <time className={classes.dim} dateTime={delivery.created_at}>{format.instant(delivery.created_at)}</time> },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (delivery) => (
        <RowMenu label={t('settings.acts_for', { name: t(`webhooks.event.${delivery.event}`) })}>
          <Menu.Item leftSection={<IconEye size={15} />} onClick={() => setOpened(delivery)}>{t('webhooks.details')}</Menu.Item>
          {delivery.state !== 'waiting' && delivery.event !== 'Webhook_Test' && (
            <Menu.Item leftSection={<IconRefresh size={15} />} onClick={() => void handleAgain(delivery)}>{t('webhooks.redeliver')}</Menu.Item>
          )}
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="webhooks"
      title={webhook === undefined ? t('webhooks.log') : t('webhooks.log_of', { name: webhook.name })}
      query={log.query}
      actions={
        <Button variant="default" leftSection={<IconReload size={16} />} onClick={() => void log.query.refetch()}>{t('webhooks.look_again')}</Button>
      }
      before={
        <Link className={styles.crumb} to={`${homeOf(org)}/settings/webhooks`}>
          <IconChevronLeft size={14} aria-hidden="true" />{t('settings.webhooks.title')}
        </Link>
      }
    >
      {() => (
        <>
          <SegmentedControl
            mb="md" aria-label={t('webhooks.state')} value={state} onChange={setState}
            data={states.map((each) => ({ value: each, label: t(`webhooks.state_${each}`) }))}
          />
          {log.rows.length === 0
            ? <EmptyState icon={<IconList size={22} />} title={t('webhooks.log_empty')}>{t('webhooks.log_kept')}</EmptyState>
            : <SimpleTable label={t('webhooks.log')} columns={columns} rows={log.rows} keyOf={(delivery) => delivery.id} />}
          <MoreButton pages={log} />
          {opened !== null && <DeliveryDialog webhook={id} delivery={opened} onClose={() => setOpened(null)} />}
        </>
      )}
    </SettingsPage>
  );
}
