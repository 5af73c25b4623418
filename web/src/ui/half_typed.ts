import type { Fault } from '@/api';

/** A day or a time of which a part is missing: browsers tell it as empty, and it would be lost without a word. */
export function halfTyped(form: HTMLElement | null): Fault[] {
  return [...(form?.querySelectorAll('input') ?? [])].flatMap(({ name, type, validity }) => {
    const code = codes[type];
    return code !== undefined && validity.badInput ? [{ field: name, code, message: '' }] : [];
  });
}

/** What is said of each kind of input. */
const codes: Record<string, string> = { date: 'not_a_date', 'datetime-local': 'not_an_instant', time: 'not_a_time' };
