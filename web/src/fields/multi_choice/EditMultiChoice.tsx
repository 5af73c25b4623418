import { MultiSelect } from '@mantine/core';
import { inputProps } from '../input_props';
import type { FieldEditProps } from '../field_parts';
import { useChoiceLabel } from '../labels';
import { asNames } from '../values';

export function EditMultiChoice(props: FieldEditProps) {
  const { module, field, value, onChange } = props;
  const choiceLabel = useChoiceLabel();
  return (
    <MultiSelect
      {...inputProps(props)}
      data={(field.choices ?? []).map((choice) => ({
        value: choice.name, label: choiceLabel(module, field, choice),
      }))}
      value={asNames(value)}
      onChange={onChange}
      searchable
    />
  );
}
