import { field_parts } from './field_kinds';
import type { FieldShowProps } from './field_parts';

/** Shows a value as its kind is shown. */
export function FieldValue(props: FieldShowProps) {
  const { Show } = field_parts[props.field.kind];
  return <Show {...props} />;
}
