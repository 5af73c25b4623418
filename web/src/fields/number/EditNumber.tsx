import { NumberInput } from '@mantine/core';
import { useMemo } from 'react';
import { useMeta } from '@/api';
import { useFormat } from '@/ui';
import { inputProps } from '../input_props';
import classes from '../fields.module.css';
import type { FieldEditProps } from '../field_parts';
import { asNumber } from '../values';

/**
 * Whole numbers, decimals and money; decimals travel as text so that none is rounded on the way. They are typed as the language writes
 * them. Nothing is cut off while somebody types: the server says what is too precise, where a cut would make 12.50 of 12.500,50.
 */
export function EditNumber(props: FieldEditProps) {
  const { field, value, onChange } = props;
  const is_whole = field.kind === 'number';
  const { currency } = useMeta().organisation;
  const separators = useSeparators();
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
      decimalScale={is_whole ? 0 : undefined}
      {...(is_whole ? {} : separators)}
      value={asNumber(value) ?? ''}
      onChange={handleChange}
    />
  );
}

function useSeparators() {
  const { locale } = useFormat();
  return useMemo(() => {
    const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567.8);
    const of = (type: string) => parts.find((part) => part.type === type)?.value;
    return { decimalSeparator: of('decimal') ?? '.', thousandSeparator: of('group') ?? '' };
  }, [locale]);
}
