import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, homeOf, keys, post, useOrganisation } from '@/api';
import type { SalesModuleName } from '../sales_modules';
import type { Duplicate } from './merge_types';

const typing_ms = 300;
const modules_compared: SalesModuleName[] = ['leads', 'contacts', 'accounts'];
/** What the server compares; anything else that is typed asks nothing. */
const fields_compared = ['first_name', 'last_name', 'name', 'email', 'secondary_email', 'phone', 'mobile', 'home_phone', 'other_phone'];

export function isCompared(module: SalesModuleName): boolean {
  return modules_compared.includes(module);
}

/** Records that may be the same as this one. */
export function useDuplicatesOf(module: SalesModuleName, id: string): Duplicate[] {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: [...keys.duplicates(org), module, id],
    enabled: isCompared(module),
    queryFn: async ({ signal }) => (await get<{ duplicates: Duplicate[] }>(`${homeOf(org)}/${module}/${id}/duplicates`, undefined, signal)).duplicates,
  });
  return query.data ?? [];
}

/** Records that have what is being typed already. */
export function useDuplicatesOfTyped(module: SalesModuleName, values: Record<string, unknown>): Duplicate[] {
  const org = useOrganisation();
  const typed = JSON.stringify(Object.fromEntries(fields_compared.flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [];
  })));
  const [settled] = useDebouncedValue(typed, typing_ms);
  const query = useQuery({
    queryKey: [...keys.duplicates(org), module, 'typed', settled],
    enabled: isCompared(module) && settled !== '{}',
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: async () => (await post<{ duplicates: Duplicate[] }>(`${homeOf(org)}/${module}/duplicates`, JSON.parse(settled))).duplicates,
  });
  return settled === '{}' ? [] : query.data ?? [];
}
