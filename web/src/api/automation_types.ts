// Rules that act by themselves, and macros, as the native API writes them.

export type RuleEvent = 'ticket_created' | 'ticket_updated' | 'customer_replied' | 'agent_replied' | 'comment_added' | 'status_changed' | 'time_passed';
export type ActionWord = 'set_field' | 'assign' | 'escalate' | 'share' | 'comment' | 'draft' | 'mail' | 'move' | 'webhook' | 'stop';
export type RuleMoment = 'created' | 'customer_spoke' | 'agent_spoke' | 'status_changed' | 'due' | 'unassigned';

/** When a rule of time acts. */
export interface RuleTiming {
  moment: RuleMoment;
  /** Negative: before the moment. */
  wait_minutes: number;
  counting: 'business_hours' | 'day_and_night';
  takes_earlier: boolean;
}

/** How far the work on all open tickets is that follows a changed rule or policy. */
export interface OpenTicketWalk {
  looked_at: number;
  changed: number;
  expected: number;
  started_at: string;
  finished_at: string | null;
}

/** Which tickets a rule of time would touch now. */
export interface TimedPreview {
  count: number;
  is_exact: boolean;
  tickets: { id: string; number: number; subject: string }[];
}

/** One step; which of the members it has follows from what it does. */
export interface AutomationAction {
  do: ActionWord;
  field?: string;
  value?: unknown;
  to?: string;
  department?: string;
  access?: string;
  html?: string;
  kind?: string;
  /** draft: a reply template in place of `html`. */
  template?: string;
  /** webhook: which one is called. */
  webhook?: string;
}

export interface AutomationRule {
  id: string;
  name: string;
  position: number;
  is_active: boolean;
  department: { id: string; title: string } | null;
  event: RuleEvent;
  conditions: object;
  changed: { field: string; to?: unknown } | null;
  /** null: an event starts it. */
  timing: RuleTiming | null;
  actions: AutomationAction[];
  /** Why it can't run; null when it can. */
  problem: string | null;
}

export interface Macro {
  id: string;
  name: string;
  is_shared: boolean;
  may_change: boolean;
  actions: AutomationAction[];
}
