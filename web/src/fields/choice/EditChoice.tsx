import { Select } from '@mantine/core';
import { inputProps } from '../input_props';
import type { FieldEditProps } from '../field_parts';
import { useChoiceLabel } from '../labels';
import { asText } from '../values';

const searchable_from = 8;

export function EditChoice(props: FieldEditProps) {
  const { module, field, value, onChange, in_place } = props;
  const choiceLabel = useChoiceLabel();
  const choices = field.choices ?? [];
  return (
    <Select
      {...inputProps(props)}
      data={choices.map((choice) => ({ value: choice.name, label: choiceLabel(module, field, choice) }))}
      value={asText(value)}
      onChange={onChange}
      clearable={!field.required && !in_place}
      allowDeselect={!field.required}
      searchable={choices.length >= searchable_from}
      defaultDropdownOpened={in_place}
    />
  );
}
