import { Textarea } from '@mantine/core';
import { inputProps } from '../input_props';
import type { FieldEditProps } from '../field_parts';
import { asText } from '../values';

export function EditLongText(props: FieldEditProps) {
  return (
    <Textarea
      {...inputProps(props)}
      autosize
      minRows={3}
      maxRows={12}
      value={asText(props.value) ?? ''}
      maxLength={props.field.max_chars}
      onChange={(event) => props.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}
