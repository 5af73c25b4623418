export interface Subscription {
  event: string;
  departments: string[];
  fields: string[];
  direction: string;
  includes_previous: boolean;
}

export interface Webhook {
  id: string;
  name: string;
  description: string;
  url: string;
  subscriptions: Subscription[];
  includes_private: boolean;
  includes_automation: boolean;
  is_enabled: boolean;
  /** Why the program switched it off: silent, gone, backlog; '' when it did not. */
  off_reason: string;
  failures_in_row: number;
}

export interface WebhookEvent {
  name: string;
  module: string;
  has_department: boolean;
  has_direction: boolean;
  has_fields: boolean;
  fields: string[];
}

export type DeliveryState = 'waiting' | 'delivered' | 'failed';

export interface WebhookDelivery {
  id: string;
  event: string;
  record: string;
  state: DeliveryState;
  attempts: number;
  status: number;
  answer: string;
  created_at: string;
  tried_at: string | null;
  next_try_at: string | null;
  content?: unknown;
}

export interface TestReport {
  outcome: 'delivered' | 'try_again' | 'refused' | 'gone';
  status: number;
  answer: string;
  took_ms: number;
}
