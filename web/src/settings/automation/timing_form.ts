// The time of a rule in the form, and as the server takes it.

import type { RuleMoment, RuleTiming } from '@/api';

export const rule_moments: RuleMoment[] = ['created', 'customer_spoke', 'agent_spoke', 'status_changed', 'due', 'unassigned'];
export const wait_units = ['minutes', 'hours', 'days'] as const;
export type WaitUnit = (typeof wait_units)[number];
export type Counting = RuleTiming['counting'];

export interface TimingForm {
  moment: RuleMoment;
  /** null: nothing is typed. */
  wait: number | null;
  unit: WaitUnit;
  is_before: boolean;
  counting: Counting;
  takes_earlier: boolean;
}

const minutes_per_hour = 60;
/** A day of business hours stands for eight of them. */
const hours_per_day: Record<Counting, number> = { day_and_night: 24, business_hours: 8 };

function minutesOf(unit: WaitUnit, counting: Counting): number {
  switch (unit) {
    case 'minutes': return 1;
    case 'hours': return minutes_per_hour;
    case 'days': return minutes_per_hour * hours_per_day[counting];
  }
}

/** The largest unit that shows it whole. */
function unitOf(minutes: number, counting: Counting): WaitUnit {
  const largest = [...wait_units].reverse().find((unit) => minutes % minutesOf(unit, counting) === 0);
  return largest ?? 'minutes';
}

export function timingForm(timing: RuleTiming | null): TimingForm {
  if (timing === null) return { moment: 'status_changed', wait: 7, unit: 'days', is_before: false, counting: 'day_and_night', takes_earlier: false };
  const minutes = Math.abs(timing.wait_minutes);
  const unit = unitOf(minutes, timing.counting);
  return {
    moment: timing.moment, wait: minutes / minutesOf(unit, timing.counting), unit,
    is_before: timing.wait_minutes < 0, counting: timing.counting, takes_earlier: timing.takes_earlier,
  };
}

export function timingBody(form: TimingForm): RuleTiming {
  const is_before = form.is_before && form.moment === 'due';
  const counting = is_before ? 'day_and_night' : form.counting;
  const minutes = Math.round((form.wait ?? 0) * minutesOf(form.unit, counting));
  return { moment: form.moment, wait_minutes: is_before ? -minutes : minutes, counting, takes_earlier: form.takes_earlier };
}
