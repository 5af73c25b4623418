import { expect, test } from 'vitest';
import { shown, takesCalls, withCondition, withEvents } from './subscriptions';
import type { WebhookEvent } from './webhook_types';

function event(name: string, more: Partial<WebhookEvent> = {}): WebhookEvent {
  return { name, module: 'tickets', has_department: false, has_direction: false, has_fields: false, fields: [], ...more };
}

const events = [event('Ticket_Add', { has_department: true }), event('Ticket_Update', { has_department: true, has_fields: true }), event('Contact_Add')];

test('an event that stays chosen keeps its conditions', () => {
  const before = withCondition(withEvents([], ['Ticket_Add']), events, (each) => each.has_department, { departments: ['1'] });
  const after = withEvents(before, ['Ticket_Add', 'Contact_Add']);
  expect(after.map((each) => each.departments)).toEqual([['1'], []]);
});

test('a condition is set where it is known and nowhere else', () => {
  const all = withCondition(withEvents([], ['Ticket_Add', 'Ticket_Update', 'Contact_Add']), events, (each) => each.has_fields, { fields: ['status'] });
  expect(all.map((each) => each.fields)).toEqual([[], ['status'], []]);
  expect(shown(all, events, (each) => each.has_fields)?.event).toBe('Ticket_Update');
  expect(shown(withEvents([], ['Contact_Add']), events, (each) => each.has_fields)).toBeUndefined();
});

test('rules call webhooks that take calls and are switched on', () => {
  const subscriptions = withEvents([], ['Automation_Call']);
  expect(takesCalls({ is_enabled: true, subscriptions })).toBe(true);
  expect(takesCalls({ is_enabled: false, subscriptions })).toBe(false);
  expect(takesCalls({ is_enabled: true, subscriptions: withEvents([], ['Ticket_Add']) })).toBe(false);
});
