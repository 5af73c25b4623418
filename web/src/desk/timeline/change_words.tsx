import type { ReactNode } from 'react';
import { findField, useModule } from '@/api';
import type { Field, FieldChange } from '@/api';
import { asLinked, asText, useChoiceLabel, useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';

/** A changed field as words: its label, what it was and what it is. */
export function useChangeWords(module_name: string): (change: FieldChange) => { label: string; from: string | null; to: string | null } {
  const { t } = useText();
  const module = useModule(module_name);
  const fieldLabel = useFieldLabel();
  const choiceLabel = useChoiceLabel();
  const format = useFormat();
  const show = (field: Field | undefined, value: unknown): string | null => {
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'boolean') return t(value ? 'ui.yes' : 'ui.no');
    const linked = asLinked(value);
    if (linked) return linked.title;
    const text = asText(value);
    if (text === null) return Array.isArray(value) ? format.list(value.map(String)) : null;
    if (field?.kind === 'instant') return format.instant(text);
    if (field?.kind === 'date') return format.date(text);
    if (field?.kind === 'rich_text') return null;
    const choice = field?.choices?.find((each) => each.name === text);
    return field && choice ? choiceLabel(module_name, field, choice) : text;
  };
  return (change) => {
    const field = findField(module, change.field);
    return { label: field ? fieldLabel(module_name, field) : change.field, from: show(field, change.from), to: show(field, change.to) };
  };
}

/** "Status: Open → Closed", one after the other. */
export function ChangeList({ module, changes }: { module: string; changes: FieldChange[] }): ReactNode {
  const { t } = useText();
  const words = useChangeWords(module);
  return changes.map((change, index) => {
    const { label, from, to } = words(change);
    return (
      <span key={change.field}>
        {index > 0 && ' · '}
        {label}{' '}
        {from !== null && <><s>{from}</s>{' → '}</>}
        <b>{to ?? t('desk.emptied')}</b>
      </span>
    );
  });
}
