// The names of everything in the query cache, in one place: who writes and who listens must agree.

export const keys = {
  session: ['session'] as const,
  setup_needed: ['setup_needed'] as const,
  meta: (org: string) => ['desk', org, 'meta'] as const,
  views: (org: string, department: string | null = null) => ['desk', org, 'views', department] as const,
  viewCounts: (org: string) => ['desk', org, 'view_counts'] as const,
  conditionCount: (org: string, filter: string) => ['desk', org, 'condition_count', filter] as const,
  board: (org: string, query: object) => ['desk', org, 'views', 'board', query] as const,
  allViews: (org: string) => ['desk', org, 'views'] as const,
  module: (org: string, module: string) => ['desk', org, 'records', module] as const,
  lists: (org: string, module: string) => ['desk', org, 'records', module, 'list'] as const,
  list: (org: string, module: string, query: object) =>
    ['desk', org, 'records', module, 'list', query] as const,
  record: (org: string, module: string, id: string) => ['desk', org, 'records', module, 'one', id] as const,
  history: (org: string, module: string, id: string) =>
    ['desk', org, 'records', module, 'one', id, 'history'] as const,
  timeline: (org: string, ticket: string) => ['desk', org, 'records', 'tickets', 'one', ticket, 'timeline'] as const,
  files: (org: string, ticket: string) => ['desk', org, 'records', 'tickets', 'one', ticket, 'files'] as const,
  followers: (org: string, ticket: string) => ['desk', org, 'records', 'tickets', 'one', ticket, 'followers'] as const,
  time: (org: string, ticket: string) => ['desk', org, 'records', 'tickets', 'one', ticket, 'time'] as const,
  ratings: (org: string, ticket: string) => ['desk', org, 'records', 'tickets', 'one', ticket, 'ratings'] as const,
  statistics: (org: string, module: string, id: string) => ['desk', org, 'records', module, 'one', id, 'statistics'] as const,
  timeReport: (org: string, query: object) => ['desk', org, 'time_report', query] as const,
  dashboard: (org: string, query: object) => ['desk', org, 'dashboard', query] as const,
  pending: (org: string, module: string) => ['desk', org, 'pending', module] as const,
  arrived: (org: string, module: string, query: object, ids: string[]) => ['desk', org, 'arrived', module, query, ids] as const,
  notifications: (org: string) => ['desk', org, 'notifications'] as const,
  search: (org: string, words: string, module: string | null) => ['desk', org, 'search', module, words] as const,
  merges: (org: string, ticket: string) => ['desk', org, 'records', 'tickets', 'one', ticket, 'merges'] as const,
  mergePreview: (org: string, ticket: string, chosen: string[]) => ['desk', org, 'merge_preview', ticket, chosen] as const,
  contactMerges: (org: string, contact: string) => ['desk', org, 'records', 'contacts', 'one', contact, 'merges'] as const,
  duplicates: (org: string) => ['desk', org, 'contact_duplicates'] as const,
  tags: (org: string, words: string) => ['desk', org, 'tags', words] as const,
  settings: (org: string, page: string, detail: string | null = null) =>
    ['desk', org, 'settings', page, detail] as const,
  me: (what: string) => ['me', what] as const,
};
