import { TextInput } from '@mantine/core';
import { inputProps } from '../input_props';
import type { FieldEditProps } from '../field_parts';
import { asText } from '../values';

export function EditText(props: FieldEditProps) {
  const type = props.field.kind === 'email' || props.field.kind === 'url' ? props.field.kind : undefined;
  return (
    <TextInput
      {...inputProps(props)}
      type={props.field.kind === 'phone' ? 'tel' : type}
      value={asText(props.value) ?? ''}
      maxLength={props.field.max_chars}
      onChange={(event) => props.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}
