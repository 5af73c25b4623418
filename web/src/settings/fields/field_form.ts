import type { App, CustomField, FieldKind } from '@/api';

/** One option of a choice. `name` is what records hold: it stays when the label is written anew. */
export interface ChoiceRow {
  key: number;
  name: string | null;
  label: string;
}

export interface FieldForm {
  label: string;
  kind: FieldKind;
  required: boolean;
  unique: boolean;
  searchable: boolean;
  choices: ChoiceRow[];
  max_chars: number | null;
  scale: number | null;
  link_to: string;
}

const sales_targets = ['leads', 'contacts', 'accounts', 'deals', 'products', 'campaigns'];

/** Modules that fields of one's own may link to, of those that the organisation has. */
export const link_targets: Record<App, string[]> = { desk: ['contacts', 'accounts'], crm: sales_targets, bigin: sales_targets };

export function fieldForm(field: CustomField | null): FieldForm {
  return {
    label: field?.label ?? '',
    kind: field?.kind ?? 'text',
    required: field?.required ?? false,
    unique: field?.unique ?? false,
    searchable: field?.searchable ?? false,
    choices: (field?.choices ?? []).map((choice, key) => ({ key, name: choice.name, label: choice.label })),
    max_chars: field?.max_chars ? field.max_chars : null,
    scale: field?.scale ?? null,
    link_to: field?.link_to ? field.link_to : 'contacts',
  };
}

export function hasChoices(kind: FieldKind): boolean {
  return kind === 'choice' || kind === 'multi_choice';
}

/** Whether values of the kind can be asked to differ; the server refuses it of the others. */
export function mayDiffer(kind: FieldKind): boolean {
  return !['long_text', 'rich_text', 'multi_choice', 'boolean'].includes(kind);
}

/** What the server takes; only what the kind knows. A choice keeps its name whatever it is called now. */
export function fieldBody(form: FieldForm, before: CustomField | null): Record<string, unknown> {
  const { label, kind, required, searchable } = form;
  const body: Record<string, unknown> = { label, required, unique: form.unique && mayDiffer(kind), searchable };
  if (hasChoices(kind)) {
    const given = form.choices.filter((row) => row.label.trim() !== '');
    body.choices = given.map((row) => (row.name === null ? { label: row.label } : { name: row.name, label: row.label }));
  }
  if ((kind === 'text' || kind === 'long_text') && form.max_chars !== null) body.max_chars = form.max_chars;
  if (kind === 'decimal' && form.scale !== null) body.scale = form.scale;
  if (kind === 'link' && before === null) body.link_to = form.link_to;
  return body;
}
