import type { FormRules } from '@/records';
import { useDealForm } from './deals/useDealForm';
import type { SalesModuleName } from './sales_modules';

/** What the form of a module knows beside its fields. */
export function useFormRules(module: SalesModuleName): FormRules | undefined {
  const deals = useDealForm();
  return module === 'deals' ? deals : undefined;
}
