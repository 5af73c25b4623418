import { NumberInput } from '@mantine/core';
import { useMeta } from '@/api';
import { inputProps } from '../input_props';
import classes from '../fields.module.css';
import type { FieldEditProps } from '../field_parts';
import { asNumber } from '../values';

/** Whole numbers, decimals and money; decimals travel as text so that none is rounded on the way. */
export function EditNumber(props: FieldEditProps) {
  const { field, value, onChange } = props;
  const is_whole = field.kind === 'number';
  const { currency } = useMeta().organisation;
  const handleChange = (next: string | number) => {
    if (next === '') onChange(null);
    else onChange(is_whole ? Number(next) : String(next));
  };
  return (
    <NumberInput
      {...inputProps(props)}
      hideControls
      rightSection={field.kind === 'money' && currency ? <span className={classes.unit} aria-hidden="true">{currency}</span> : undefined}
      rightSectionWidth={field.kind === 'money' && currency ? 52 : undefined}
      rightSectionPointerEvents="none"
      allowDecimal={!is_whole}
      decimalScale={is_whole ? 0 : field.scale}
      value={asNumber(value) ?? ''}
      onChange={handleChange}
    />
  );
}
