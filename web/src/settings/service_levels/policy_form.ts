import type { EscalationLevel, ServiceLevel, TargetTimes } from '@/api';
import { readRows, rowsBody } from './policy_conditions';
import type { ConditionRow } from './policy_conditions';

/** A policy as the dialog has it: all priorities in the table, conditions as rows. */
export interface PolicyForm {
  name: string;
  is_active: boolean;
  counting: ServiceLevel['counting'];
  /** null: conditions that rows cannot show; they stay as they are. */
  conditions: ConditionRow[] | null;
  targets: Record<string, TargetTimes>;
  levels: EscalationLevel[];
}

export const no_target: TargetTimes = { first_response_minutes: null, resolution_minutes: null };
export const new_level: EscalationLevel = {
  target: 'resolution', after_minutes: 0, sets_escalated: true, told_agents: [], priority: '', owner: null,
};

export function policyForm(level: ServiceLevel | null): PolicyForm {
  if (level === null)
    return { name: '', is_active: true, counting: 'business_hours', conditions: [], targets: {}, levels: [] };
  const { name, is_active, counting, targets, levels, conditions } = level;
  return { name, is_active, counting, targets, levels, conditions: readRows(conditions) };
}

/** What the server takes; conditions that the dialog could not show are left out and so stay. */
export function policyBody({ conditions, ...form }: PolicyForm): object {
  return conditions === null ? form : { ...form, conditions: rowsBody(conditions) };
}

export type TimeUnit = 'minutes' | 'hours';

/** Whole hours are shown as hours. */
export function unitOf(minutes: number): TimeUnit {
  return minutes !== 0 && minutes % 60 === 0 ? 'hours' : 'minutes';
}

export function inUnit(minutes: number, unit: TimeUnit): number {
  return unit === 'hours' ? minutes / 60 : minutes;
}

export function fromUnit(value: number, unit: TimeUnit): number {
  return Math.round(unit === 'hours' ? value * 60 : value);
}
