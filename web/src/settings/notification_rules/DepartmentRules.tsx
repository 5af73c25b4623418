import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { put } from '@/api';
import type { NotificationRule, SmsGateway } from '@/api';
import { useText } from '@/i18n';
import { ErrorState, RowsSkeleton, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { NoGatewayNote } from './NoGatewayNote';
import { TemplateDialog } from './TemplateDialog';

type Channel = 'mail' | 'sms';

/** The rules of one department: a switch for each event and channel. */
export function DepartmentRules({ department }: { department: { id: string; name: string } }) {
  const { t } = useText();
  const path = `notification_rules/${department.id}`;
  const query = useSettingsQuery<{ rules: NotificationRule[] }>(path);
  const write = useSettingsWrite(path);
  const act = useAct();
  const gateway = useSettingsQuery<{ gateway: SmsGateway | null }>('sms_gateway');
  const sends_sms = gateway.data === undefined || gateway.data.gateway?.is_enabled === true;
  const [opened, setOpened] = useState<NotificationRule | null>(null);
  const labelOf = (rule: NotificationRule) => t(`settings.notification_rules.events.${rule.event}`);
  const handleSwitch = (rule: NotificationRule, channel: Channel, is_on: boolean) =>
    act(() => write((base) => put(`${base}/${path}/${rule.event}`, { [channel]: is_on })), t('ui.saved'));
  const channelColumn = (channel: Channel): SimpleColumn<NotificationRule> => ({
    name: channel, label: t(`settings.notification_rules.${channel}`), width: 110,
    show: (rule) => (
      <Switch
        aria-label={t(`settings.notification_rules.by_${channel}`, { event: labelOf(rule) })} checked={rule[channel]}
        error={channel === 'sms' && rule.sms && !sends_sms ? t('settings.notification_rules.not_sent') : undefined}
        onChange={(event) => void handleSwitch(rule, channel, event.currentTarget.checked)}
      />
    ),
  });
  const columns: SimpleColumn<NotificationRule>[] = [
    {
      name: 'event', label: t('settings.notification_rules.event'),
      show: (rule) => (
        <span className={classes.nameWords}>
          <span className={classes.nameMain}>{labelOf(rule)}</span>
          <span className={classes.nameMore}>{t(`settings.notification_rules.told.${rule.event}`)}</span>
        </span>
      ),
    },
    channelColumn('mail'),
    channelColumn('sms'),
    {
      name: 'text', label: t('settings.notification_rules.text'), width: 140,
      show: (rule) => (
        <Button size="compact-sm" variant="default" onClick={() => setOpened(rule)}>
          {t(rule.has_fixed_template ? 'settings.notification_rules.show_text' : 'ui.edit')}
          <span className="visually-hidden">: {labelOf(rule)}</span>
        </Button>
      ),
    },
  ];
  if (query.isPending) return <RowsSkeleton rows={6} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      {!sends_sms && query.data.rules.some((rule) => rule.sms) && <NoGatewayNote />}
      <SimpleTable
        label={t('settings.notification_rules.table', { department: department.name })} columns={columns}
        rows={query.data.rules} keyOf={(rule) => rule.event}
      />
      {opened !== null && <TemplateDialog rule={opened} title={labelOf(opened)} onClose={() => setOpened(null)} />}
    </>
  );
}
