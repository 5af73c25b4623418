import { useEffect, useMemo, useState } from 'react';
import { useMeta, useModule } from '@/api';
import type { Field } from '@/api';
import { asLinked } from '@/fields';
import { useNewTicketChoices } from '../common/useTicketChoices';

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
    return { usual: [...named(usual_fields), ...own.filter(isRequired)], further: [...named(further_fields), ...own.filter((field) => !isRequired(field))] };
  }, [module]);
  return { module, values, set, fields, departments: data?.departments, owners: data?.owners };
}

function isRequired(field: Field): boolean {
  return field.required;
}

function isOffered(choices: { id: string }[], value: unknown): boolean {
  const id = asLinked(value)?.id;
  return choices.some((choice) => choice.id === id);
}
