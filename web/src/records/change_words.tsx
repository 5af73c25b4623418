import type { ReactNode } from 'react';
import { findField, useModule } from '@/api';
import type { Field, FieldChange } from '@/api';
import { asLinked, asText, languageName, useChoiceLabel, useFieldLabel, useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';

/** What follows from the messages, comments and times that stand in the timeline themselves. */
const derived_fields = new Set([
  'number', 'status_type', 'spam_at', 'closed_at', 'is_overdue', 'send_failed', 'last_activity_at', 'last_word', 'last_word_by', 'last_word_at', 'status_changed_at', 'customer_spoke_at', 'agent_spoke_at', 'unassigned_since',
  'stage_changed_at', 'team_pipeline', 'expected_revenue', 'thread_count', 'comment_count', 'attachment_count', 'shares', 'is_shared',
  'first_response_due_at', 'responded_at', 'resolution_due_at', 'first_response_left_minutes', 'resolution_left_minutes',
]);

/** The changes worth a word: no derived field, and no field of a new record that begins as nothing. */
export function toldChanges(changes: FieldChange[]): FieldChange[] {
  const isNothing = (value: unknown) => value === null || value === false || value === '' || value === 0;
  return changes.filter(({ field, from, to }) => !derived_fields.has(field) && !(isNothing(from) && isNothing(to)));
}

interface ChangeWords {
  label: string;
  /** Too long to be told; only that it changed. */
  is_long: boolean;
  from: string | null;
  to: string | null;
}

/** A changed field as words: its label, what it was and what it is. */
export function useChangeWords(module_name: string): (change: FieldChange) => ChangeWords {
  const { i18n, t } = useText();
  const module = useModule(module_name);
  const fieldLabel = useFieldLabel();
  const choiceLabel = useChoiceLabel();
  const stageLabel = useStageLabel();
  const format = useFormat();
  const show = (field: Field | undefined, value: unknown): string | null => {
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'boolean') return t(value ? 'ui.yes' : 'ui.no');
    const linked = asLinked(value);
    if (linked) return field?.link_to === 'stages' ? stageLabel(linked.title) : linked.title;
    const text = asText(value);
    if (text === null) return Array.isArray(value) ? format.list(value.flatMap((each: unknown) => show(field, each) ?? [])) : null;
    if (field?.kind === 'instant') return format.instant(text);
    if (field?.kind === 'date') return format.date(text);
    if (field?.kind === 'money') return format.number(Number(text), field.scale);
    if (field?.name === 'language' && !field.custom) return languageName(text, i18n.language);
    const choice = field?.choices?.find((each) => each.name === text);
    return field && choice ? choiceLabel(module_name, field, choice) : text;
  };
  return (change) => {
    const field = findField(module, change.field);
    return {
      label: field ? fieldLabel(module_name, field) : change.field,
      is_long: field?.kind === 'rich_text' || (field?.kind === 'long_text' && change.field !== 'cc'),
      from: show(field, change.from),
      to: show(field, change.to),
    };
  };
}

/** "Status: Open → Closed · Owner: Ana", one after the other. */
export function ChangeList({ module, changes }: { module: string; changes: FieldChange[] }): ReactNode {
  const { t } = useText();
  const words = useChangeWords(module);
  return changes.map((change, index) => {
    const { label, is_long, from, to } = words(change);
    return (
      <span key={change.field}>
        {label}
        {!is_long && <>{t('desk.colon')}{from !== null && <><s>{from}</s>{' → '}</>}</>}
        {(!is_long || to === null) && <b>{is_long && t('desk.colon')}{to ?? t('desk.emptied')}</b>}
        {index < changes.length - 1 && '\u00a0· '}
      </span>
    );
  });
}
