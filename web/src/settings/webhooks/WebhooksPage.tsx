import { Alert, Button, Menu } from '@mantine/core';
import { IconKey, IconList, IconPlus, IconSend, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { homeOf, post, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { Badge, CopyValue, EmptyState, RowMenu, SimpleTable, useConfirm } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { TestResult } from './TestResult';
import { WebhookDialog } from './WebhookDialog';
import type { TestReport, Webhook, WebhookEvent } from './webhook_types';
import { DeleteRow, EditRow } from '../RowActs';
import { useDelete } from '../useDelete';

/** The servers of others that are told what changes here. */
export function WebhooksPage() {
  const { t } = useText();
  const org = useOrganisation();
  const webhooks = useSettingsQuery<{ webhooks: Webhook[] }>('webhooks');
  const events = useSettingsQuery<{ events: WebhookEvent[] }>('webhook_events').data?.events;
  const write = useSettingsWrite('webhooks');
  const deleteAt = useDelete('webhooks');
  const act = useAct();
  const confirm = useConfirm();
  const [edited, setEdited] = useState<Webhook | 'new' | null>(null);
  const [secret, setSecret] = useState<{ name: string; secret: string } | null>(null);
  const [tested, setTested] = useState<{ name: string; report: TestReport } | null>(null);
  const handleTest = (webhook: Webhook) =>
    act(async () => setTested({ name: webhook.name, report: await write((base) => post<TestReport>(`${base}/webhooks/${webhook.id}/test`)) }));
  const handleRenew = async (webhook: Webhook) => {
    const is_sure = await confirm({ title: t('webhooks.renew'), body: t('webhooks.renew_help'), confirm: t('webhooks.renew') });
    if (!is_sure) return;
    await act(async () => {
      const renewed = await write((base) => post<{ secret: string }>(`${base}/webhooks/${webhook.id}/secret`));
      setSecret({ name: webhook.name, secret: renewed.secret });
    });
  };
  const handleDelete = (webhook: Webhook) => deleteAt(`webhooks/${webhook.id}`, { title: t('webhooks.delete_title', { name: webhook.name }), body: t('webhooks.delete_help') });
  const columns: SimpleColumn<Webhook>[] = [
    {
      name: 'name', label: t('webhooks.name'),
      show: (webhook) => (
        <span className={classes.nameWords}>
          <Link className={classes.nameMain} to={`${homeOf(org)}/settings/webhooks/${webhook.id}`}>{webhook.name}</Link>
          <span className={classes.nameMore}>{webhook.url}</span>
          {webhook.off_reason !== '' && <span className={classes.nameMore}>{t(`webhooks.off_${webhook.off_reason}`)}</span>}
        </span>
      ),
    },
    { name: 'events', label: t('webhooks.events'), width: 110, show: (webhook) => t('webhooks.event_count', { count: webhook.subscriptions.length }) },
    {
      name: 'private', label: t('webhooks.content'), width: 150,
      show: (webhook) => (webhook.includes_private ? <Badge tone="note">{t('webhooks.with_private')}</Badge> : <span className={classes.dim}>{t('webhooks.without_private')}</span>),
    },
    { name: 'state', label: t('webhooks.state'), width: 110, show: (webhook) => <WebhookState webhook={webhook} /> },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (webhook) => (
        <RowMenu label={t('settings.acts_for', { name: webhook.name })}>
          <EditRow onClick={() => setEdited(webhook)} />
          <Menu.Item leftSection={<IconSend size={15} />} onClick={() => void handleTest(webhook)}>{t('webhooks.test')}</Menu.Item>
          <Menu.Item leftSection={<IconList size={15} />} component={Link} to={`${homeOf(org)}/settings/webhooks/${webhook.id}`}>{t('webhooks.log')}</Menu.Item>
          <Menu.Item leftSection={<IconKey size={15} />} onClick={() => void handleRenew(webhook)}>{t('webhooks.renew')}</Menu.Item>
          <DeleteRow onClick={() => void handleDelete(webhook)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="webhooks"
      query={webhooks}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('webhooks.add')}</Button>}
    >
      {(data) => (
        <>
          {secret !== null && (
            <Alert
              mb="md" role="status" title={t('webhooks.secret_title', { name: secret.name })} withCloseButton closeButtonLabel={t('ui.close')}
              onClose={() => setSecret(null)}
            >
              <div>{t('webhooks.secret_help')}</div>
              <CopyValue value={secret.secret} label={t('webhooks.secret')} />
            </Alert>
          )}
          {tested !== null && <TestResult name={tested.name} report={tested.report} onClose={() => setTested(null)} />}
          {data.webhooks.length === 0
            ? <EmptyState icon={<IconWebhook size={22} />} title={t('webhooks.empty')}>{t('webhooks.empty_help')}</EmptyState>
            : <SimpleTable label={t('settings.webhooks.title')} columns={columns} rows={data.webhooks} keyOf={(webhook) => webhook.id} />}
          {edited !== null && events !== undefined && (
            <WebhookDialog
              webhook={edited === 'new' ? null : edited} events={events} onClose={() => setEdited(null)}
              onSecret={(name, made) => setSecret({ name, secret: made })}
            />
          )}
        </>
      )}
    </SettingsPage>
  );
}

function WebhookState({ webhook }: { webhook: Webhook }) {
  const { t } = useText();
  if (!webhook.is_enabled) return <Badge tone={webhook.off_reason === '' ? 'neutral' : 'bad'}>{t('webhooks.off')}</Badge>;
  return webhook.failures_in_row > 0 ? <Badge tone="warn">{t('webhooks.failing')}</Badge> : <Badge tone="good">{t('webhooks.on')}</Badge>;
}
