// The names of everything in the query cache, in one place: who writes and who listens must agree.

export const keys = {
  organisation: (org: string) => ['organisation', org] as const,
  session: ['session'] as const,
  setup_needed: ['setup_needed'] as const,
  invitation: (token: string) => ['invitation', token] as const,
  meta: (org: string) => ['organisation', org, 'meta'] as const,
  views: (org: string, module: string, department: string | null) => ['organisation', org, 'views', module, department] as const,
  viewCounts: (org: string) => ['organisation', org, 'view_counts'] as const,
  conditionCount: (org: string, module: string, filter: string) => ['organisation', org, 'condition_count', module, filter] as const,
  dealBoards: (org: string) => ['organisation', org, 'records', 'deals', 'board'] as const,
  dealBoard: (org: string, query: object) => ['organisation', org, 'records', 'deals', 'board', query] as const,
  board: (org: string, query: object) => ['organisation', org, 'views', 'board', query] as const,
  allViews: (org: string) => ['organisation', org, 'views'] as const,
  module: (org: string, module: string) => ['organisation', org, 'records', module] as const,
  lists: (org: string, module: string) => ['organisation', org, 'records', module, 'list'] as const,
  list: (org: string, module: string, query: object) =>
    ['organisation', org, 'records', module, 'list', query] as const,
  /** Records of `module` that belong to another one; they follow what happens to them as any list does. */
  joined: (org: string, module: string, query: object) => ['organisation', org, 'records', module, 'list', { joined: query }] as const,
  record: (org: string, module: string, id: string) => ['organisation', org, 'records', module, 'one', id] as const,
  history: (org: string, module: string, id: string) =>
    ['organisation', org, 'records', module, 'one', id, 'history'] as const,
  timeline: (org: string, ticket: string) => ['organisation', org, 'records', 'tickets', 'one', ticket, 'timeline'] as const,
  files: (org: string, ticket: string) => ['organisation', org, 'records', 'tickets', 'one', ticket, 'files'] as const,
  followers: (org: string, ticket: string) => ['organisation', org, 'records', 'tickets', 'one', ticket, 'followers'] as const,
  time: (org: string, ticket: string) => ['organisation', org, 'records', 'tickets', 'one', ticket, 'time'] as const,
  ratings: (org: string, ticket: string) => ['organisation', org, 'records', 'tickets', 'one', ticket, 'ratings'] as const,
  statistics: (org: string, module: string, id: string) => ['organisation', org, 'records', module, 'one', id, 'statistics'] as const,
  timeReport: (org: string, query: object) => ['organisation', org, 'time_report', query] as const,
  calendars: (org: string, module: string) => ['organisation', org, 'records', module, 'calendar'] as const,
  calendar: (org: string, module: string, query: object) => ['organisation', org, 'records', module, 'calendar', query] as const,
  figures: (org: string, module: string, query: object) => ['organisation', org, 'records', module, 'figures', query] as const,
  dashboard: (org: string, query: object) => ['organisation', org, 'dashboard', query] as const,
  pending: (org: string, module: string) => ['organisation', org, 'pending', module] as const,
  arrived: (org: string, module: string, query: object, ids: string[]) => ['organisation', org, 'arrived', module, query, ids] as const,
  notifications: (org: string) => ['organisation', org, 'notifications'] as const,
  search: (org: string, words: string, module: string | null) => ['organisation', org, 'search', module, words] as const,
  merges: (org: string, ticket: string) => ['organisation', org, 'records', 'tickets', 'one', ticket, 'merges'] as const,
  mergePreview: (org: string, ticket: string, chosen: string[]) => ['organisation', org, 'merge_preview', ticket, chosen] as const,
  contactMerges: (org: string, contact: string) => ['organisation', org, 'records', 'contacts', 'one', contact, 'merges'] as const,
  duplicates: (org: string) => ['organisation', org, 'contact_duplicates'] as const,
  tags: (org: string, words: string) => ['organisation', org, 'tags', words] as const,
  settings: (org: string, page: string, detail: string | null = null) =>
    ['organisation', org, 'settings', page, detail] as const,
  settingsPage: (org: string, page: string) => ['organisation', org, 'settings', page] as const,
  me: (what: string) => ['me', what] as const,
};

const of_nobody: readonly unknown[] = [keys.session[0], keys.setup_needed[0], keys.invitation('')[0]];

/** What is said to whoever asks. All else was read with the rights of one person. */
export function isOfNobody(key: readonly unknown[]): boolean {
  return of_nobody.includes(key[0]);
}
