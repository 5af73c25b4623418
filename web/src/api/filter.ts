// The filter language of lists, built from small functions so that screens need no JSON.

export type Comparison =
  | 'is' | 'is_not' | 'is_one_of' | 'is_none_of' | 'contains' | 'starts_with' | 'ends_with' | 'is_empty'
  | 'is_not_empty' | 'before' | 'after' | 'at_least' | 'at_most' | 'between'
  /** Counted from now whenever the filter is read. */
  | 'in_last_days' | 'older_than_days' | 'in_next_days' | 'in_last_hours' | 'older_than_hours' | 'in_next_hours';

export type Condition = { field: string } & { [comparison in Comparison]?: unknown };
export type Filter = Condition | { all_of: Filter[] } | { any_of: Filter[] } | { none_of: Filter[] };

export function condition(field: string, comparison: Comparison, value: unknown): Condition {
  return { field, [comparison]: value } as Condition;
}

/** All of the filters that are there; none gives null. */
export function allOf(filters: (Filter | null)[]): Filter | null {
  const present = filters.filter((filter) => filter !== null);
  if (present.length === 0) return null;
  return present.length === 1 ? (present[0] ?? null) : { all_of: present };
}
