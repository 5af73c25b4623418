import { Checkbox } from '@mantine/core';
import type { FieldEditProps } from '../field_parts';

export function EditBoolean({ label, value, error, onChange }: FieldEditProps) {
  return (
    <Checkbox
      label={label}
      error={error}
      checked={value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
