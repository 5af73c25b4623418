import { describe, expect, it } from 'vitest';
import { layoutBody, moveField, placeOf, removeSection, stepField, takeField } from './layout_form';
import type { LayoutForm } from './layout_form';

const field = (name: string) => ({ name, required: 'never' as const });
const form: LayoutForm = {
  sections: [
    { key: 0, label: 'Request', fields: [field('subject'), field('priority')] },
    { key: 1, label: 'Device', fields: [field('serial')] },
  ],
  defaults: { priority: 'high', serial: null },
};
const names = (of: LayoutForm) => of.sections.map((section) => section.fields.map((each) => each.name));

describe('A layout', () => {
  it('takes a field to any place', () => {
    expect(names(moveField(form, 'serial', { section: 0, index: 1 }))).toEqual([['subject', 'serial', 'priority'], []]);
    expect(names(moveField(form, 'category', { section: 1, index: 9 }))).toEqual([['subject', 'priority'], ['serial', 'category']]);
  });
  it('moves a field a step at a time, also into the next section, and stops at the ends', () => {
    expect(names(stepField(form, 'subject', 1))).toEqual([['priority', 'subject'], ['serial']]);
    expect(names(stepField(form, 'priority', 1))).toEqual([['subject'], ['priority', 'serial']]);
    expect(names(stepField(form, 'serial', -1))).toEqual([['subject', 'priority', 'serial'], []]);
    expect(stepField(form, 'subject', -1)).toEqual(form);
  });
  it('keeps the fields of a section that is removed', () => {
    expect(names(removeSection(form, 0))).toEqual([['serial', 'subject', 'priority']]);
    expect(names(removeSection(form, 1))).toEqual([['subject', 'priority', 'serial']]);
  });
  it('sends defaults of its own fields alone', () => {
    expect(layoutBody(form).defaults).toEqual({ priority: 'high' });
    expect(layoutBody(takeField(form, 'priority')).defaults).toEqual({});
    expect(placeOf(form, 'category')).toBeNull();
  });
});
