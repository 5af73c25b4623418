// Conditions of a policy as rows that must all be met. Other filters, written through the API, are not touched.

export const row_comparisons = ['is_one_of', 'is_none_of', 'contains'] as const;
export type RowComparison = (typeof row_comparisons)[number];

export interface ConditionRow {
  field: string;
  comparison: RowComparison;
  values: string[];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsOf(value: unknown): string[] | null {
  const all = Array.isArray(value) ? value : [value];
  return all.every((each) => typeof each === 'string' || typeof each === 'boolean') ? all.map(String) : null;
}

function readRow(condition: unknown): ConditionRow | null {
  if (!isObject(condition) || typeof condition.field !== 'string') return null;
  const words: [string, RowComparison][] = [['is', 'is_one_of'], ['is_not', 'is_none_of'], ...row_comparisons.map((each): [string, RowComparison] => [each, each])];
  for (const [word, comparison] of words) {
    const values = word in condition ? textsOf(condition[word]) : null;
    if (values !== null) return { field: condition.field, comparison, values };
  }
  return null;
}

/** The rows of a filter, or null when it says more than rows can. */
export function readRows(conditions: object): ConditionRow[] | null {
  if (Object.keys(conditions).length === 0) return [];
  const parts = 'all_of' in conditions && Array.isArray(conditions.all_of) ? conditions.all_of : [conditions];
  const rows = parts.map(readRow);
  return rows.every((row) => row !== null) ? rows : null;
}

/** Rows that name no value yet ask for nothing. */
export function rowsBody(rows: ConditionRow[]): object {
  const parts = rows
    .filter((row) => row.field !== '' && row.values.length > 0)
    .map(({ field, comparison, values }) => ({ field, [comparison]: comparison === 'contains' ? values[0] : values }));
  return parts.length === 0 ? {} : { all_of: parts };
}
