import { NumberInput } from '@mantine/core';
import { inputProps } from '../input_props';
import type { FieldEditProps } from '../field_parts';
import { asNumber } from '../values';

/** Whole numbers, decimals and money; decimals travel as text so that none is rounded on the way. */
export function EditNumber(props: FieldEditProps) {
  const { field, value, onChange } = props;
  const is_whole = field.kind === 'number';
  const handleChange = (next: string | number) => {
    if (next === '') onChange(null);
    else onChange(is_whole ? Number(next) : String(next));
  };
  return (
    <NumberInput
      {...inputProps(props)}
      hideControls
      allowDecimal={!is_whole}
      decimalScale={is_whole ? 0 : field.scale}
      value={asNumber(value) ?? ''}
      onChange={handleChange}
    />
  );
}
