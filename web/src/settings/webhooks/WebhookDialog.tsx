import { Alert, MultiSelect, Switch, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { patch, post } from '@/api';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import { WebhookConditions } from './WebhookConditions';
import { withEvents } from './subscriptions';
import type { Webhook, WebhookEvent } from './webhook_types';

interface WebhookDialogProps {
  webhook: Webhook | null;
  events: WebhookEvent[];
  onClose: () => void;
  onSecret: (name: string, secret: string) => void;
}

/** One webhook: where to, what of, and what may leave. */
export function WebhookDialog({ webhook, events, onClose, onSecret }: WebhookDialogProps) {
  const { t } = useText();
  const write = useSettingsWrite('webhooks');
  const [form, setForm] = useState(() => ({
    name: webhook?.name ?? '', description: webhook?.description ?? '', url: webhook?.url ?? '', subscriptions: webhook?.subscriptions ?? [],
    includes_private: webhook?.includes_private ?? false, includes_automation: webhook?.includes_automation ?? true, is_enabled: webhook?.is_enabled ?? true,
  }));
  const set = (changes: Partial<typeof form>) => setForm((before) => ({ ...before, ...changes }));
  const chosen = form.subscriptions.map((each) => each.event);
  const send = async () => {
    if (webhook !== null) return write((base) => patch(`${base}/webhooks/${webhook.id}`, form));
    const added = await write((base) => post<{ name: string; secret: string }>(`${base}/webhooks`, form));
    onSecret(added.name, added.secret);
    return undefined;
  };
  return (
    <FormDialog
      title={webhook === null ? t('webhooks.add') : webhook.name}
      submit_label={webhook === null ? t('webhooks.add') : t('ui.save')}
      is_open
      size="lg"
      required={{ name: form.name, url: form.url, subscriptions: chosen.join() }}
      onClose={onClose}
      onSubmit={send}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('webhooks.name')} withAsterisk data-autofocus autoComplete="off" maxLength={120} value={form.name} error={faultOf('name')}
            onChange={(change) => set({ name: change.currentTarget.value })}
          />
          <TextInput
            label={t('webhooks.url')} description={t('webhooks.url_help')} withAsterisk autoComplete="off" type="url" value={form.url}
            error={faultOf('url')} onChange={(change) => set({ url: change.currentTarget.value })}
          />
          {form.url.startsWith('http://') && <Alert color="yellow" p="xs">{t('webhooks.url_plain')}</Alert>}
          <MultiSelect
            label={t('webhooks.events')} withAsterisk searchable clearable value={chosen} error={faultOf('subscriptions')}
            clearButtonProps={{ 'aria-label': t('webhooks.clear_events') }}
            data={events.map((each) => ({ value: each.name, label: t(`webhooks.event.${each.name}`) }))}
            onChange={(names) => set({ subscriptions: withEvents(form.subscriptions, names) })}
          />
          <WebhookConditions events={events} subscriptions={form.subscriptions} onChange={(subscriptions) => set({ subscriptions })} />
          <Textarea
            label={t('webhooks.description')} autosize minRows={1} maxRows={5} maxLength={1000} value={form.description} error={faultOf('description')}
            onChange={(change) => set({ description: change.currentTarget.value })}
          />
          <Switch
            label={t('webhooks.includes_automation')} checked={form.includes_automation}
            onChange={(change) => set({ includes_automation: change.currentTarget.checked })}
          />
          <Switch
            label={t('webhooks.includes_private')} description={t('webhooks.includes_private_help')} checked={form.includes_private}
            onChange={(change) => set({ includes_private: change.currentTarget.checked })}
          />
          <Switch label={t('webhooks.is_enabled')} checked={form.is_enabled} onChange={(change) => set({ is_enabled: change.currentTarget.checked })} />
        </>
      )}
    </FormDialog>
  );
}
