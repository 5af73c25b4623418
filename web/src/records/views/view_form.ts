import type { CustomView, Field, ViewAudience } from '@/api';
import { filterOf, groupFrom, newGroup } from '../conditions/conditions';
import type { ConditionGroup } from '../conditions/conditions';

/** What stands in the form of a view. */
export interface ViewForm {
  name: string;
  conditions: ConditionGroup;
  sort_field: string;
  is_descending: boolean;
  columns: string[];
  audience: ViewAudience;
  audience_ids: string[];
}

/** The newest first: tickets by what happened on them, all else by when it was made. */
const usualSort = (fields: Field[]) => (fields.some((field) => field.name === 'last_activity_at') ? '-last_activity_at' : '-created_at');

/** The form of a view, or of a new one. A copy begins as its model, for its maker alone. */
export function viewForm(view: CustomView | null, fields: Field[]): ViewForm {
  const sort = view?.sort ?? usualSort(fields);
  return {
    name: view?.name ?? '',
    conditions: view === null ? newGroup() : groupFrom(view.filter, fields),
    sort_field: sort.replace(/^-/, ''),
    is_descending: sort.startsWith('-'),
    columns: view?.columns ?? [],
    audience: view?.audience.kind ?? 'owner',
    audience_ids: view?.audience.ids ?? [],
  };
}

/** What the server takes. */
export function viewBody(form: ViewForm) {
  return {
    name: form.name,
    filter: filterOf(form.conditions),
    sort: `${form.is_descending ? '-' : ''}${form.sort_field}`,
    columns: form.columns,
    audience: { kind: form.audience, ids: form.audience_ids },
  };
}
