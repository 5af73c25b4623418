// A layout while it is put together: pure steps from one state to the next.

import type { Asked, Layout } from '@/api';

export interface SectionForm {
  key: number;
  label: string;
  fields: { name: string; required: Asked }[];
}

export interface LayoutForm {
  sections: SectionForm[];
  defaults: Record<string, unknown>;
}

export interface Place {
  section: number;
  index: number;
}

export function layoutForm(layout: Layout): LayoutForm {
  return { sections: layout.sections.map((section, key) => ({ ...section, key })), defaults: layout.defaults };
}

export function layoutBody(form: LayoutForm): Record<string, unknown> {
  const named = form.sections.flatMap((section) => section.fields.map((field) => field.name));
  const defaults = Object.entries(form.defaults).filter(([name, value]) => named.includes(name) && value !== null && value !== '');
  return {
    sections: form.sections.map(({ label, fields }) => ({ label, fields })),
    defaults: Object.fromEntries(defaults),
  };
}

export function placeOf(form: LayoutForm, name: string): Place | null {
  for (const [section, { fields }] of form.sections.entries()) {
    const index = fields.findIndex((field) => field.name === name);
    if (index >= 0) return { section, index };
  }
  return null;
}

/** The field at another place, also one that stood nowhere; an index past the end is the end. */
export function moveField(form: LayoutForm, name: string, to: Place): LayoutForm {
  const from = placeOf(form, name);
  const moved = from === null ? { name, required: 'never' as const } : form.sections[from.section]?.fields[from.index];
  if (moved === undefined) return form;
  const sections = form.sections.map((section, at) => {
    const rest = section.fields.filter((field) => field.name !== name);
    if (at !== to.section) return { ...section, fields: rest };
    return { ...section, fields: [...rest.slice(0, to.index), moved, ...rest.slice(to.index)] };
  });
  return { ...form, sections };
}

/** One step up or down, over the edge of a section into the next one. Nothing at the ends. */
export function stepField(form: LayoutForm, name: string, step: -1 | 1): LayoutForm {
  const from = placeOf(form, name);
  if (from === null) return form;
  const index = from.index + step;
  const length = form.sections[from.section]?.fields.length ?? 0;
  if (index >= 0 && index < length) return moveField(form, name, { section: from.section, index });
  const section = from.section + step;
  const next = form.sections[section];
  if (next === undefined) return form;
  return moveField(form, name, { section, index: step === 1 ? 0 : next.fields.length });
}

export function takeField(form: LayoutForm, name: string): LayoutForm {
  const sections = form.sections.map((section) => ({ ...section, fields: section.fields.filter((field) => field.name !== name) }));
  return { ...form, sections };
}

export function askField(form: LayoutForm, name: string, required: Asked): LayoutForm {
  const sections = form.sections.map((section) => ({
    ...section, fields: section.fields.map((field) => (field.name === name ? { ...field, required } : field)),
  }));
  return { ...form, sections };
}

export function addSection(form: LayoutForm): LayoutForm {
  const key = Math.max(0, ...form.sections.map((section) => section.key)) + 1;
  return { ...form, sections: [...form.sections, { key, label: '', fields: [] }] };
}

/** Its fields go to the section before it, or after it when it is the first. */
export function removeSection(form: LayoutForm, at: number): LayoutForm {
  if (form.sections.length < 2) return form;
  const fields = form.sections[at]?.fields ?? [];
  const heir = at === 0 ? 1 : at - 1;
  const sections = form.sections.map((section, index) => (index === heir ? { ...section, fields: [...section.fields, ...fields] } : section));
  return { ...form, sections: sections.filter((_, index) => index !== at) };
}
