import { useEffect, useMemo, useState } from 'react';
import { useMeta, useModule } from '@/api';
import type { Field, Layout } from '@/api';
import { asLinked } from '@/fields';
import { useLayout } from '../common/useLayout';
import { useNewTicketChoices } from '../common/useTicketChoices';

/** The form has a place of their own for them. */
const placed_elsewhere = ['contact', 'description'];
const usual_fields = ['subject', 'department', 'priority', 'owner', 'channel', 'due_at', 'product'];
const further_fields = ['category', 'classification', 'language'];
/** Who makes a ticket by hand mostly notes a call. */
const usual_channel = 'phone';

/** The fields of a new ticket, what stands in them, and what may be chosen. */
export function useNewTicket(department: string | null, kept: Record<string, unknown> | null) {
  const { me, departments } = useMeta();
  const module = useModule('tickets');
  const [values, setValues] = useState<Record<string, unknown>>(() => {
    const own = departments.find((each) => each.id === (department ?? me.department_ids[0]));
    return kept ?? { department: own ? { id: own.id, title: own.name } : null, channel: usual_channel };
  });
  const chosen = asLinked(values.department)?.id ?? null;
  const choices = useNewTicketChoices(chosen);
  const layout = useLayout(chosen);
  // What the person wrote stands; the defaults of the department fill the rest.
  useEffect(() => {
    if (!layout?.is_own) return;
    const usual = module.fields.filter((field) => isGiven(field.default) && isInLayout(layout, field)).map((field) => [field.name, field.default]);
    setValues((before) => ({ ...Object.fromEntries(usual), ...layout.defaults, ...Object.fromEntries(Object.entries(before).filter(([, value]) => isGiven(value))) }));
  }, [layout, module]);
  const set = (name: string, value: unknown) => setValues((before) => ({ ...before, [name]: value }));

  // What the server does not offer is not kept: the department of the queue, the owner of another department.
  const { data, isPlaceholderData: is_of_before } = choices;
  useEffect(() => {
    if (data === undefined || is_of_before) return;
    setValues((before) => {
      const now = { ...before };
      if (!isOffered(data.departments, before.department)) now.department = data.departments[0] ?? null;
      if (before.owner && !isOffered(data.owners, before.owner)) now.owner = null;
      return now;
    });
  }, [data, is_of_before]);

  const fields = useMemo(() => {
    const writable = module.fields.filter((field) => !field.read_only && field.kind !== 'auto_number');
    const named = (names: string[]) => names.flatMap((name) => writable.find((field) => field.name === name) ?? []);
    const own = writable.filter((field) => field.custom);
    if (layout?.is_own) return laidOut(layout, writable);
    const usual = [...named(usual_fields), ...own.filter(isRequired)];
    return { usual, further: [...named(further_fields), ...own.filter((field) => !isRequired(field))], sections: [{ label: '', fields: usual }] };
  }, [module, layout]);
  const required = layout?.is_own ? requiredIn(layout) : [];
  return { module, values, set, fields, required, departments: data?.departments, owners: data?.owners };
}

function isRequired(field: Field): boolean {
  return field.required;
}

function isOffered(choices: { id: string }[], value: unknown): boolean {
  const id = asLinked(value)?.id;
  return choices.some((choice) => choice.id === id);
}

/** The fields of a department in its order, required as it says. */
function laidOut(layout: Layout, writable: Field[]) {
  const sections = layout.sections.map((section) => ({
    label: section.label,
    fields: section.fields.flatMap(({ name, required }) => {
      const field = writable.find((each) => each.name === name);
      return field && !placed_elsewhere.includes(name) ? [{ ...field, required: field.required || required === 'always' }] : [];
    }),
  }));
  return { usual: sections.flatMap((section) => section.fields), further: [], sections };
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function isInLayout(layout: Layout, field: Field): boolean {
  return layout.sections.some((section) => section.fields.some(({ name }) => name === field.name));
}

function requiredIn(layout: Layout): string[] {
  return layout.sections.flatMap((section) => section.fields.filter((field) => field.required === 'always').map((field) => field.name));
}
