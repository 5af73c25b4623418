import { MultiSelect, NumberInput, Select, TagsInput } from '@mantine/core';
import { useMeta } from '@/api';
import type { Field } from '@/api';
import { asNames, asNumber, FieldInput, linkedId, useChoiceLabel, useListedRecords } from '@/fields';
import { useText } from '@/i18n';
import { listed, relative, without_value } from './conditions';
import type { ConditionRow } from './conditions';
import { useConditionModule } from './condition_module';
import classes from './Conditions.module.css';
import { SeveralRecords } from './SeveralRecords';
import { useLinkedTitle } from './useLinkedTitle';

export interface ConditionValueProps {
  field: Field;
  row: ConditionRow;
  onChange: (value: unknown) => void;
  error: string | undefined;
}

const days_max = 3_650;
const hours_max = 8_760;

/** What a field is compared with, edited as forms edit that field. */
export function ConditionValue(props: ConditionValueProps) {
  const { row, onChange, error } = props;
  const { t } = useText();
  if (without_value.includes(row.operator)) return <div />;
  if (relative.includes(row.operator)) {
    const is_days = row.operator.endsWith('_days');
    return (
      <NumberInput
        aria-label={t('views.value')} min={1} max={is_days ? days_max : hours_max} allowDecimal={false} error={error}
        value={asNumber(row.value) ?? ''}
        onChange={(value) => onChange(value === '' ? null : Number(value))}
      />
    );
  }
  if (listed.includes(row.operator)) return <SeveralValues {...props} />;
  if (row.operator === 'between' && Array.isArray(row.value)) {
    const [from, to]: unknown[] = row.value;
    return (
      <div className={classes.between}>
        <OneValue {...props} value={from ?? null} onChange={(value) => onChange([value, to ?? null])} />
        <span>{t('views.and')}</span>
        <OneValue {...props} value={to ?? null} onChange={(value) => onChange([from ?? null, value])} />
      </div>
    );
  }
  return <OneValue {...props} value={row.value} />;
}

function OneValue({ field, value, onChange, error }: ConditionValueProps & { value: unknown }) {
  const { t } = useText();
  const module = useConditionModule();
  const people = usePeople();
  const is_link = field.kind === 'link' || field.kind === 'user';
  const found = useLinkedTitle(field.link_to ?? '', is_link ? linkedId(value) : null);
  const linked = useListedRecords(field.link_to ?? '')?.find((each) => each.id === found?.id) ?? found;
  if (field.kind === 'boolean') {
    return (
      <Select
        aria-label={t('views.value')} allowDeselect={false} value={value === false ? 'no' : 'yes'}
        data={[{ value: 'yes', label: t('ui.yes') }, { value: 'no', label: t('ui.no') }]} onChange={(word) => onChange(word === 'yes')}
      />
    );
  }
  const is_text = ['long_text', 'rich_text', 'tags', 'multi_choice'].includes(field.kind);
  const asked: Field = { ...field, required: false, kind: is_text ? 'text' : field.kind === 'auto_number' ? 'number' : field.kind };
  return (
    <div className={classes.value}>
      <FieldInput
        module={module} field={asked} label={t('views.value')} error={error} value={is_link ? linked : value}
        choices={field.kind === 'user' ? people : undefined}
        onChange={(next) => onChange(is_link ? linkedId(next) : next)}
      />
    </div>
  );
}

/** Agents, and before them whoever reads the view. */
function usePeople(): { id: string; title: string }[] {
  const { t } = useText();
  const { agents } = useMeta();
  return [{ id: 'me', title: t('views.me') }, ...agents.map(({ id, name }) => ({ id, title: name }))];
}

function SeveralValues(props: ConditionValueProps) {
  const { field, row, onChange, error } = props;
  const { t } = useText();
  const { departments } = useMeta();
  const named = useListedRecords(field.link_to ?? '');
  const module = useConditionModule();
  const choiceLabel = useChoiceLabel();
  const people = usePeople();
  const shared = { 'aria-label': t('views.value'), error, value: asNames(row.value), onChange };
  if (field.link_to === 'departments' || field.link_to === 'agents' || named !== null) {
    const all = field.link_to === 'departments' ? departments.map(({ id, name }) => ({ id, title: name })) : named;
    const listed = field.link_to === 'agents' ? people : (all ?? []);
    const data = listed.map(({ id, title }) => ({ value: id, label: title }));
    return <MultiSelect {...shared} searchable data={data} nothingFoundMessage={t('ui.nothing_found')} />;
  }
  if (field.link_to !== undefined) return <SeveralRecords {...props} module={field.link_to} />;
  // The server names the choices of every field; where there are none, any word may stand.
  if (field.choices === undefined || field.choices.length === 0) return <TagsInput {...shared} />;
  const choices = field.choices.map((choice) => ({ value: choice.name, label: choiceLabel(module, field, choice) }));
  return <MultiSelect {...shared} searchable data={choices} nothingFoundMessage={t('ui.nothing_found')} />;
}
