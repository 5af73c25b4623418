import { field_parts } from './field_kinds';
import type { FieldEditProps } from './field_parts';

/** Edits a value as its kind is edited. */
export function FieldInput(props: FieldEditProps) {
  const { Edit } = field_parts[props.field.kind];
  return <Edit {...props} />;
}
