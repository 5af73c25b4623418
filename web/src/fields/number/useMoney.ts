import { useCallback } from 'react';
import { useMeta } from '@/api';
import { useFormat } from '@/ui';

/** An amount in the currency of the organisation; a bare number where none was chosen. */
export function useMoney(): (value: number, scale?: number) => string {
  const format = useFormat();
  const { currency } = useMeta().organisation;
  return useCallback((value, scale) => (currency ? format.money(value, currency, scale) : format.number(value, scale)), [format, currency]);
}
