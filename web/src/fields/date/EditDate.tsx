import { TextInput } from '@mantine/core';
import { inputProps } from '../input_props';
import type { FieldEditProps } from '../field_parts';
import { asText } from '../values';

export function EditDate(props: FieldEditProps) {
  return (
    <TextInput
      {...inputProps(props)}
      type="date"
      value={asText(props.value) ?? ''}
      onChange={(event) => props.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}
