import { expect, it } from 'vitest';
import { halfTyped } from './half_typed';

it('A day, a time and both together are each asked for in their words, by the name of their input', () => {
  const form = document.createElement('form');
  form.innerHTML = '<input name="ends_on" type="date"><input name="begins_at" type="datetime-local"><input name="week" type="time"><input name="subject" type="text"><input name="closed_on" type="date">';
  for (const input of form.querySelectorAll('input'))
    Object.defineProperty(input, 'validity', { value: { badInput: input.name !== 'closed_on' } });
  expect(halfTyped(form).map(({ field, code }) => [field, code])).toEqual([
    ['ends_on', 'not_a_date'], ['begins_at', 'not_an_instant'], ['week', 'not_a_time'],
  ]);
  expect(halfTyped(null)).toEqual([]);
});
