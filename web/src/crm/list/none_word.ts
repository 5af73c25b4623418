import { appOf } from '@/api';
import type { SalesModuleName } from '../sales_modules';

/** The word of the catalogue for "nothing here": Bigin has companies where CRM has accounts, and no leads. */
export function noneWord(org: string, name: SalesModuleName): string {
  if (appOf(org) !== 'bigin') return name;
  return name === 'accounts' ? 'companies' : name === 'deals' ? 'bigin_deals' : name;
}
