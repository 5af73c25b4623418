import { Select } from '@mantine/core';
import type { AutomationAction } from '@/api';
import { useText } from '@/i18n';
import { useSettingsQuery } from '../useSettings';
import { takesCalls } from '../webhooks/subscriptions';
import type { Webhook } from '../webhooks/webhook_types';
import classes from './Automation.module.css';

interface WebhookSelectProps {
  action: AutomationAction;
  onChange: (action: AutomationAction) => void;
}

/** Which webhook is called: one of those that take calls of rules and macros. */
export function WebhookSelect({ action, onChange }: WebhookSelectProps) {
  const { t } = useText();
  const { data } = useSettingsQuery<{ webhooks: Webhook[] }>('webhooks');
  const callable = (data?.webhooks ?? []).filter(takesCalls);
  return (
    <Select
      className={classes.wide} aria-label={t('automation.webhook')} placeholder={t('automation.webhook')} searchable allowDeselect={false}
      value={action.webhook === '' ? null : action.webhook ?? null} data={callable.map(({ id, name }) => ({ value: id, label: name }))}
      description={data !== undefined && callable.length === 0 ? t('automation.webhook_none') : undefined}
      nothingFoundMessage={t('ui.nothing_found')} onChange={(webhook) => onChange({ ...action, webhook: webhook ?? '' })}
    />
  );
}
