import { describe, expect, it } from 'vitest';
import { timingBody, timingForm } from './timing_form';

describe('the time of a rule', () => {
  it('gives back what it was given, in the largest unit that shows it whole', () => {
    const week = { moment: 'status_changed' as const, wait_minutes: 7 * 24 * 60, counting: 'day_and_night' as const, takes_earlier: true };
    expect(timingForm(week)).toMatchObject({ wait: 7, unit: 'days', is_before: false });
    expect(timingBody(timingForm(week))).toEqual(week);
    const before = { moment: 'due' as const, wait_minutes: -90, counting: 'day_and_night' as const, takes_earlier: false };
    expect(timingForm(before)).toMatchObject({ wait: 90, unit: 'minutes', is_before: true });
    expect(timingBody(timingForm(before))).toEqual(before);
  });
  it('takes a day of business hours for eight hours', () => {
    const day = { moment: 'created' as const, wait_minutes: 8 * 60, counting: 'business_hours' as const, takes_earlier: false };
    expect(timingForm(day)).toMatchObject({ wait: 1, unit: 'days' });
    expect(timingBody(timingForm(day))).toEqual(day);
  });
  it('counts back from a due date alone', () => {
    const form = { ...timingForm(null), wait: 1, unit: 'hours' as const, is_before: true };
    expect(timingBody({ ...form, moment: 'created' }).wait_minutes).toBe(60);
    expect(timingBody({ ...form, moment: 'due' }).wait_minutes).toBe(-60);
  });
});
