import type { App } from '@/api';

const sales_modules = ['contacts', 'accounts', 'deals', 'products', 'tasks', 'events', 'calls'];

/** The modules whose records have a page of their own, by application. */
export const modules_with_pages: Record<App, string[]> = {
  desk: ['tickets', 'contacts', 'accounts', 'products'],
  crm: ['leads', 'campaigns', ...sales_modules],
  bigin: sales_modules,
};
