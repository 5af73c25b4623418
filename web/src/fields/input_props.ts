import type { FieldEditProps } from './field_parts';

/** What every input takes from the field it edits. */
export function inputProps({ field, label, error, in_place, is_first }: FieldEditProps) {
  return {
    label: in_place ? undefined : label,
    'aria-label': in_place ? label : undefined,
    withAsterisk: field.required,
    required: false,
    error,
    autoFocus: in_place,
    'data-autofocus': is_first || undefined,
    name: field.name,
    autoComplete: 'off',
    'data-1p-ignore': true,
  };
}
