import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Filter } from '@/api';
import type { ListQuery } from './useRecords';

export interface ListState {
  query: ListQuery;
  /** Each change is a step that the back button undoes. */
  set: (words: { view?: string | null; filter?: Filter | null; department?: string | null; sort?: string | null; words?: string | null }) => void;
}

/** What a list shows, kept in the address so that it can be sent to a colleague. */
export function useListState(first: ListQuery = {}): ListState {
  const [words, setWords] = useSearchParams();
  const { view: first_view = null, sort: first_sort = null } = first;
  const query = useMemo<ListQuery>(
    () => ({
      view: words.get('view') ?? first_view,
      sort: words.get('sort') ?? first_sort,
      department: words.get('department'),
      words: words.get('words'),
      filter: readFilter(words.get('filter')),
    }),
    [words, first_view, first_sort],
  );
  const set = useCallback<ListState['set']>(
    (changes) =>
      setWords((before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === null || value === undefined) after.delete(name);
          else after.set(name, typeof value === 'string' ? value : JSON.stringify(value));
        }
        return after;
      }),
    [setWords],
  );
  return { query, set };
}

/** An address that was mistyped shows the whole list, not an error. */
function readFilter(text: string | null): Filter | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isFilter(value) ? value : null;
  } catch {
    return null;
  }
}

/** Does the value say conditions? `{}` says none. */
export function isFilter(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && ['field', 'all_of', 'any_of', 'none_of'].some((key) => key in value);
}
