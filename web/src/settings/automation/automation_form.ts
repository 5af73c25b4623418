// What stands in the forms of rules and macros, and what the server takes.

import type { ActionWord, AutomationAction, AutomationRule, Field, RuleEvent } from '@/api';
import { timingBody, timingForm } from './timing_form';
import type { TimingForm } from './timing_form';
import { filterOf, groupFrom } from '@/records';
import type { ConditionGroup } from '@/records';

export const rule_events: RuleEvent[] = [
  'ticket_created', 'ticket_updated', 'customer_replied', 'agent_replied', 'comment_added', 'status_changed', 'time_passed',
];
export const actions_max = 10;

const of_both: ActionWord[] = ['set_field', 'assign', 'escalate', 'share', 'comment', 'move', 'webhook'];
export type ActionsOf = 'rule' | 'timed_rule' | 'macro';
/** What each of them can do. */
const action_words: Record<ActionsOf, ActionWord[]> = {
  rule: [...of_both, 'stop'], timed_rule: [...of_both, 'mail', 'stop'], macro: [...of_both, 'draft'],
};

/** What is offered in the place of `present`: administrators alone let webhooks be called, since these carry every record. */
export function wordsFor(of: ActionsOf, role: string, present: ActionWord): ActionWord[] {
  return action_words[of].filter((word) => word !== 'webhook' || word === present || role === 'administrator');
}

export interface ActionRow {
  key: number;
  action: AutomationAction;
}

export interface RuleForm {
  name: string;
  is_active: boolean;
  department: string | null;
  event: RuleEvent;
  changed_field: string | null;
  /** undefined: whatever it became. */
  changed_to: unknown;
  timing: TimingForm;
  conditions: ConditionGroup;
  actions: ActionRow[];
}

let last_key = 0;
export function actionRow(action: AutomationAction): ActionRow {
  last_key += 1;
  return { key: last_key, action };
}

/** What an action says at first when somebody chooses what it does. */
export function newAction(word: ActionWord): AutomationAction {
  switch (word) {
    // No field yet: one that stood there already would be emptied by whoever did not look.
    case 'set_field': return { do: word, field: '', value: null };
    case 'assign': return { do: word, to: 'round_robin' };
    case 'share': return { do: word, department: '', access: 'full' };
    case 'move': return { do: word, department: '' };
    case 'comment':
    case 'mail': return { do: word, html: '' };
    case 'draft': return { do: word, kind: 'reply', html: '' };
    case 'webhook': return { do: word, webhook: '' };
    case 'escalate':
    case 'stop': return { do: word };
  }
}

export function ruleForm(rule: AutomationRule | null, fields: Field[]): RuleForm {
  return {
    name: rule?.name ?? '',
    is_active: rule?.is_active ?? true,
    department: rule?.department?.id ?? null,
    event: rule?.event ?? 'ticket_created',
    changed_field: rule?.changed?.field ?? null,
    changed_to: rule?.changed?.to,
    timing: timingForm(rule?.timing ?? null),
    conditions: groupFrom(rule?.conditions, fields),
    actions: (rule?.actions ?? [newAction('set_field')]).map(actionRow),
  };
}

export function ruleBody(form: RuleForm): object {
  const is_any = form.changed_to === undefined || form.changed_to === null;
  const changed = is_any ? { field: form.changed_field } : { field: form.changed_field, to: form.changed_to };
  const is_timed = form.event === 'time_passed';
  return {
    name: form.name, is_active: form.is_active, department: form.department, event: form.event,
    changed: form.changed_field === null || is_timed ? null : changed,
    ...(is_timed ? { timing: timingBody(form.timing) } : {}),
    conditions: filterOf(form.conditions), actions: form.actions.map((row) => row.action),
  };
}

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Paragraphs of plain text as the server keeps them. */
export function htmlOfText(text: string): string {
  if (text.trim() === '') return '';
  const safe = text.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark);
  return safe.split(/\n{2,}/).map((part) => `<p>${part.replace(/\n/g, '<br>')}</p>`).join('');
}

/** The text of such paragraphs, for editing. */
export function textOfHtml(html: string): string {
  const lines = html.replace(/<br\s*\/?>/gi, '\n').replace(/<\/p>\s*<p>/gi, '\n\n').replace(/<[^>]*>/g, '');
  return lines.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
}
