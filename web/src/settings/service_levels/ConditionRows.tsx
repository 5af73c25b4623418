import { ActionIcon, Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { findField, useMeta, useModule } from '@/api';
import type { Field } from '@/api';
import { useChoiceLabel, useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { row_comparisons } from './policy_conditions';
import type { ConditionRow } from './policy_conditions';
import classes from './ServiceLevels.module.css';

const rows_max = 20;
/** Fields whose values can be told apart here; the rest of the filter language is open to the API. */
const texts: string[] = ['text', 'email', 'phone', 'url'];

function isOffered(field: Field): boolean {
  if (field.kind === 'link') return field.link_to === 'departments';
  return ['choice', 'multi_choice', 'user', 'boolean'].includes(field.kind) || (texts.includes(field.kind) && !field.read_only);
}

/** What must be true of a ticket, row by row. No row: every ticket. */
export function ConditionRows({ rows, onChange }: { rows: ConditionRow[]; onChange: (rows: ConditionRow[]) => void }) {
  const { t } = useText();
  const module = useModule('tickets');
  const fieldLabel = useFieldLabel();
  const offered = module.fields.filter(isOffered);
  const set = (at: number, row: ConditionRow) => onChange(rows.map((each, index) => (index === at ? row : each)));
  const handleField = (at: number, name: string) => {
    const field = findField(module, name);
    set(at, { field: name, comparison: field && texts.includes(field.kind) ? 'contains' : 'is_one_of', values: [] });
  };
  return (
    <>
      {rows.map((row, at) => {
        const field = findField(module, row.field);
        const comparisons = field && texts.includes(field.kind) ? row_comparisons : row_comparisons.filter((each) => each !== 'contains');
        return (
          <div key={at} className={classes.line} role="group" aria-label={t('settings.service_levels.condition', { place: at + 1 })}>
            <Select
              aria-label={t('settings.service_levels.field')} placeholder={t('settings.service_levels.field')} className={classes.grow} searchable allowDeselect={false} value={row.field === '' ? null : row.field}
              data={offered.map((each) => ({ value: each.name, label: fieldLabel('tickets', each) }))} onChange={(name) => name !== null && handleField(at, name)}
            />
            <Select
              aria-label={t('settings.service_levels.comparison')} w={150} allowDeselect={false} value={row.comparison}
              data={comparisons.map((each) => ({ value: each, label: t(`settings.service_levels.${each}`) }))}
              onChange={(word) => set(at, { ...row, comparison: row_comparisons.find((each) => each === word) ?? 'is_one_of', values: row.values.slice(0, word === 'contains' ? 1 : undefined) })}
            />
            <ConditionValues field={field} row={row} onChange={(values) => set(at, { ...row, values })} />
            <ActionIcon size="lg" aria-label={t('settings.service_levels.remove_condition', { place: at + 1 })} onClick={() => onChange(rows.filter((_, index) => index !== at))}><IconTrash size={16} /></ActionIcon>
          </div>
        );
      })}
      {rows.length < rows_max && (
        <div>
          <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => onChange([...rows, { field: '', comparison: 'is_one_of', values: [] }])}>
            {t('settings.service_levels.add_condition')}
          </Button>
        </div>
      )}
    </>
  );
}

function ConditionValues({ field, row, onChange }: { field: Field | undefined; row: ConditionRow; onChange: (values: string[]) => void }) {
  const { t } = useText();
  const { agents, departments } = useMeta();
  const choiceLabel = useChoiceLabel();
  const label = t('settings.service_levels.values');
  if (field && texts.includes(field.kind))
    return <TextInput aria-label={label} className={classes.grow} value={row.values[0] ?? ''} onChange={(event) => onChange(event.currentTarget.value === '' ? [] : [event.currentTarget.value])} />;
  const data = () => {
    if (field?.kind === 'user') return agents.map((agent) => ({ value: agent.id, label: agent.name }));
    if (field?.kind === 'link') return departments.map((each) => ({ value: each.id, label: each.name }));
    if (field?.kind === 'boolean') return ['true', 'false'].map((word) => ({ value: word, label: t(word === 'true' ? 'ui.yes' : 'ui.no') }));
    return (field?.choices ?? []).map((choice) => ({ value: choice.name, label: field ? choiceLabel('tickets', field, choice) : choice.label }));
  };
  return <MultiSelect aria-label={label} className={classes.grow} searchable data={data()} value={row.values} onChange={onChange} />;
}
