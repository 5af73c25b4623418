import { TextInput } from '@mantine/core';
import { useText } from '@/i18n';
import { inputProps } from '../input_props';
import type { FieldEditProps } from '../field_parts';
import { isTooLong } from '../record_values';
import { asText } from '../values';

export function EditText(props: FieldEditProps) {
  const { t } = useText();
  const text = asText(props.value) ?? '';
  const too_long = isTooLong(props.field, text) ? t('refusal.too_long_max', { max: props.field.max_chars }) : undefined;
  const type = props.field.kind === 'email' || props.field.kind === 'url' ? props.field.kind : undefined;
  return (
    <TextInput
      {...inputProps(props)}
      type={props.field.kind === 'phone' ? 'tel' : type}
      value={text}
      error={props.error ?? too_long}
      onChange={(event) => props.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}
