import { ActionIcon, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { firstValue, isUnfinished, newRow, operatorsOf } from './conditions';
import type { ConditionRow, Operator } from './conditions';
import { ConditionValue } from './ConditionValue';
import type { ConditionField } from './useConditionFields';
import classes from './Conditions.module.css';

interface ConditionLineProps {
  row: ConditionRow;
  fields: ConditionField[];
  /** What is missing is named: the person tried to save. */
  shows_faults: boolean;
  onChange: (row: ConditionRow) => void;
  onRemove: () => void;
}

/** One condition: a field, how it is compared, and with what. */
export function ConditionLine({ row, fields, shows_faults, onChange, onRemove }: ConditionLineProps) {
  const { t } = useText();
  const chosen = fields.find((each) => each.field.name === row.field);
  const operators = chosen === undefined ? [] : offered(operatorsOf(chosen.field), row.operator);
  const handleField = (name: string | null) => {
    const next = fields.find((each) => each.field.name === name);
    if (next !== undefined) onChange({ ...newRow(next.field), key: row.key });
  };
  const handleOperator = (word: string | null) => {
    const operator = operators.find((each) => each === word);
    if (operator !== undefined && chosen !== undefined) onChange({ ...row, operator, value: keptValue(row, operator) ?? firstValue(chosen.field, operator) });
  };
  return (
    <div className={classes.line} role="group" aria-label={chosen?.label ?? row.field}>
      <Select
        aria-label={t('views.field')} searchable allowDeselect={false} value={chosen === undefined ? null : row.field}
        data={fields.map(({ field, label }) => ({ value: field.name, label }))} placeholder={row.field}
        error={chosen === undefined ? t('views.field_gone', { field: row.field }) : undefined}
        nothingFoundMessage={t('ui.nothing_found')} onChange={handleField}
      />
      {chosen === undefined ? <div /> : (
        <Select
          aria-label={t('views.comparison')} allowDeselect={false} value={row.operator}
          data={operators.map((operator) => ({ value: operator, label: t(`views.operator.${operator}`) }))} onChange={handleOperator}
        />
      )}
      {chosen === undefined ? <div /> : (
        <ConditionValue
          key={row.operator} field={chosen.field} row={row} error={shows_faults && isUnfinished(row) ? t('views.value_missing') : undefined}
          onChange={(value) => onChange({ ...row, value })}
        />
      )}
      <ActionIcon aria-label={t('views.remove_condition', { field: chosen?.label ?? row.field })} onClick={onRemove}><IconX size={15} /></ActionIcon>
    </div>
  );
}

/** What was asked through the API may be more than the builder offers for the field. */
function offered(operators: Operator[], present: Operator): Operator[] {
  return operators.includes(present) ? operators : [...operators, present];
}

/** What was typed stays where the next comparison takes the same. */
function keptValue(row: ConditionRow, operator: Operator): unknown {
  const takesOne = (each: Operator) => ['is', 'is_not', 'contains', 'starts_with', 'ends_with', 'at_least', 'at_most', 'before', 'after'].includes(each);
  const takesList = (each: Operator) => each === 'is_one_of' || each === 'is_none_of';
  const is_same = (takesOne(row.operator) && takesOne(operator)) || (takesList(row.operator) && takesList(operator));
  return is_same ? row.value : undefined;
}
