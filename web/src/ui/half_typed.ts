import type { Fault } from '@/api';

/** A day or a time of which a part is missing: browsers tell it as empty, and it would be lost without a word. */
export function halfTyped(form: HTMLElement | null): Fault[] {
  const inputs = [...(form?.querySelectorAll('input') ?? [])].filter(({ type, validity }) => ['date', 'datetime-local'].includes(type) && validity.badInput);
  return inputs.map(({ name, type }) => ({ field: name, code: type === 'date' ? 'not_a_date' : 'not_an_instant', message: '' }));
}
