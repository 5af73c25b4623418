import { appOf, homeOf } from '@/api';

/** Where the server keeps the views of a module: a desk has them of tickets alone. */
export function viewsPath(org: string, module: string): string {
  return appOf(org) === 'desk' ? `${homeOf(org)}/views` : `${homeOf(org)}/${module}/views`;
}
