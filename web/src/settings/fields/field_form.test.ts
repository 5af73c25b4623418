import { describe, expect, it } from 'vitest';
import type { CustomField } from '@/api';
import { fieldBody, fieldForm } from './field_form';

const colour: CustomField = {
  name: 'colour', label: 'Colour', kind: 'choice', required: false, unique: false, searchable: false,
  choices: [{ name: 'red', label: 'Red' }, { name: 'blue', label: 'Blue' }],
};

describe('The form of a field', () => {
  it('keeps the name of a choice that is called otherwise', () => {
    const form = fieldForm(colour);
    const renamed = form.choices.map((row) => (row.name === 'red' ? { ...row, label: 'Crimson' } : row));
    const body = fieldBody({ ...form, choices: [...renamed, { key: 9, name: null, label: 'Green' }, { key: 10, name: null, label: ' ' }] }, colour);
    expect(body.choices).toEqual([{ name: 'red', label: 'Crimson' }, { name: 'blue', label: 'Blue' }, { label: 'Green' }]);
  });

  it('says what a link links to when it is made, and not again', () => {
    const form = { ...fieldForm(null), label: 'Partner', kind: 'link' as const, link_to: 'accounts' };
    expect(fieldBody(form, null).link_to).toBe('accounts');
    expect(fieldBody(form, { ...colour, kind: 'link', link_to: 'accounts' })).not.toHaveProperty('link_to');
  });
});
