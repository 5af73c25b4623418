import type { CustomField, FieldKind } from '@/api';

export interface FieldForm {
  label: string;
  kind: FieldKind;
  required: boolean;
  unique: boolean;
  searchable: boolean;
  choices: string[];
  max_chars: number | null;
  scale: number | null;
}

export function fieldForm(field: CustomField | null): FieldForm {
  return {
    label: field?.label ?? '',
    kind: field?.kind ?? 'text',
    required: field?.required ?? false,
    unique: field?.unique ?? false,
    searchable: field?.searchable ?? false,
    choices: (field?.choices ?? []).map((choice) => choice.label),
    max_chars: field?.max_chars ? field.max_chars : null,
    scale: field?.scale ?? null,
  };
}

/** What the server takes; only what the kind knows. A known choice keeps its name. */
export function fieldBody(form: FieldForm, before: CustomField | null): Record<string, unknown> {
  const { label, kind, required, unique, searchable } = form;
  const body: Record<string, unknown> = { label, required, unique, searchable };
  if (kind === 'choice' || kind === 'multi_choice')
    body.choices = form.choices.map((each) => before?.choices?.find((choice) => choice.label === each) ?? { label: each });
  if ((kind === 'text' || kind === 'long_text') && form.max_chars !== null) body.max_chars = form.max_chars;
  if (kind === 'decimal' && form.scale !== null) body.scale = form.scale;
  return body;
}
