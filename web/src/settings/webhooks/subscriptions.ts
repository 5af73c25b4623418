import type { Subscription, Webhook, WebhookEvent } from './webhook_types';

// The form sets one condition for all events that know it. What a program set for each event by itself stays until the form
// changes that condition.

export function withEvents(subscriptions: Subscription[], names: string[]): Subscription[] {
  return names.map(
    (name) => subscriptions.find((each) => each.event === name) ?? { event: name, departments: [], fields: [], direction: '', includes_previous: false },
  );
}

type Knows = (event: WebhookEvent) => boolean;

export function withCondition(subscriptions: Subscription[], events: WebhookEvent[], knows: Knows, condition: Partial<Subscription>): Subscription[] {
  const names = new Set(events.filter(knows).map((each) => each.name));
  return subscriptions.map((each) => (names.has(each.event) ? { ...each, ...condition } : each));
}

/** The first of the events that know the condition: what the form shows of it. */
export function shown(subscriptions: Subscription[], events: WebhookEvent[], knows: Knows): Subscription | undefined {
  const names = new Set(events.filter(knows).map((each) => each.name));
  return subscriptions.find((each) => names.has(each.event));
}

/** Whether rules and macros may call it: those that name it are the only ones who do. */
export function takesCalls(webhook: Pick<Webhook, 'is_enabled' | 'subscriptions'>): boolean {
  return webhook.is_enabled && webhook.subscriptions.some((each) => each.event === 'Automation_Call');
}
