import type { Membership } from './types';

// Which application an organisation belongs to: it is made for one and never changes it. Both the addresses of the
// screens and the paths of the server begin with it.

export type App = Membership['app'];

const apps = new Map<string, App>();

/** The session names the person's organisations and their applications. */
export function rememberApps(organisations: Membership[]): void {
  for (const { id, app } of organisations) apps.set(id, app);
}

/** The application of an organisation; Desk of one that the session does not name. */
export function appOf(org: string): App {
  return apps.get(org) ?? 'desk';
}

/** "/crm/12": what every address and path of the organisation begins with. */
export function homeOf(org: string): string {
  return `/${appOf(org)}/${org}`;
}
