// Rules that act by themselves, and macros, as the native API writes them.

export type RuleEvent = 'ticket_created' | 'ticket_updated' | 'customer_replied' | 'agent_replied' | 'comment_added' | 'status_changed';
export type ActionWord = 'set_field' | 'assign' | 'escalate' | 'share' | 'comment' | 'draft' | 'move' | 'stop';

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
