import { MultiSelect, Select, Switch } from '@mantine/core';
import { useMeta } from '@/api';
import { useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { shown, withCondition } from './subscriptions';
import type { Subscription, WebhookEvent } from './webhook_types';

interface WebhookConditionsProps {
  events: WebhookEvent[];
  subscriptions: Subscription[];
  onChange: (subscriptions: Subscription[]) => void;
}

const hasDepartment = (event: WebhookEvent) => event.has_department;
const hasDirection = (event: WebhookEvent) => event.has_direction;
const hasFields = (event: WebhookEvent) => event.has_fields;
const isTicketUpdate = (event: WebhookEvent) => event.name === 'Ticket_Update';

/** What narrows the chosen events; a condition stands here once an event that knows it is chosen. */
export function WebhookConditions({ events, subscriptions, onChange }: WebhookConditionsProps) {
  const { t } = useText();
  const { departments, modules } = useMeta();
  const fieldLabel = useFieldLabel();
  const tickets = modules.find((each) => each.name === 'tickets');
  const by_department = shown(subscriptions, events, hasDepartment);
  const by_field = shown(subscriptions, events, isTicketUpdate);
  const by_direction = shown(subscriptions, events, hasDirection);
  const update = shown(subscriptions, events, hasFields);
  const watchable = events.find(isTicketUpdate)?.fields ?? [];
  const labelOf = (name: string) => {
    const field = tickets?.fields.find((each) => each.name === name);
    return field === undefined ? name : fieldLabel('tickets', field);
  };
  return (
    <>
      {by_department !== undefined && (
        <MultiSelect
          label={t('webhooks.departments')} placeholder={by_department.departments.length === 0 ? t('webhooks.departments_all') : undefined}
          value={by_department.departments} data={departments.map((each) => ({ value: each.id, label: each.name }))}
          onChange={(ids) => onChange(withCondition(subscriptions, events, hasDepartment, { departments: ids }))}
        />
      )}
      {by_field !== undefined && (
        <MultiSelect
          label={t('webhooks.fields')} placeholder={by_field.fields.length === 0 ? t('webhooks.fields_any') : undefined} maxValues={5} searchable
          value={by_field.fields} data={watchable.map((name) => ({ value: name, label: labelOf(name) }))}
          onChange={(fields) => onChange(withCondition(subscriptions, events, isTicketUpdate, { fields }))}
        />
      )}
      {by_direction !== undefined && (
        <Select
          label={t('webhooks.direction')} allowDeselect={false} value={by_direction.direction === '' ? 'both' : by_direction.direction}
          data={['both', 'in', 'out'].map((word) => ({ value: word, label: t(`webhooks.direction_${word}`) }))}
          onChange={(word) => onChange(withCondition(subscriptions, events, hasDirection, { direction: word === 'both' || word === null ? '' : word }))}
        />
      )}
      {update !== undefined && (
        <Switch
          label={t('webhooks.includes_previous')} checked={update.includes_previous}
          onChange={(change) => onChange(withCondition(subscriptions, events, hasFields, { includes_previous: change.currentTarget.checked }))}
        />
      )}
    </>
  );
}
