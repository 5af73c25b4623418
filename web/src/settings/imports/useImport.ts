import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, homeOf, keys, patch, post, remove, useOrganisation } from '@/api';
import { useToast } from '@/ui';
import { isUnderWay } from './import_types';
import type { ImportData, ImportSettings } from './import_types';

const look_ms = 1_000;

/** One import: read again while it is under way, changed, begun and stopped. */
export function useImport(id: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const path = `${homeOf(org)}/imports/${id}`;
  const queryKey = keys.settings(org, 'imports', id);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => get<ImportData>(path, undefined, signal),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.state) ? look_ms : false),
  });
  const take = (data: ImportData) => {
    cache.setQueryData(queryKey, data);
    void cache.invalidateQueries({ queryKey: [...keys.organisation(org), 'settings', `imports/${id}/faults`] });
  };
  // One after the other: the answer to a change that comes after the one to a check would show the state before it.
  const scope = { id: `import ${id}` };
  const acting = useMutation({
    scope,
    mutationFn: (act: 'check' | 'start' | 'stop') => post<ImportData>(`${path}/${act}`), onSuccess: take,
  });
  const changing = useMutation({
    scope,
    mutationFn: (changes: Partial<ImportSettings>) => patch<ImportData>(path, changes),
    onSuccess: (data) => {
      take(data);
      acting.reset();
    },
    onError: toast.refused,
  });
  const forget = async () => {
    await remove(path);
    cache.removeQueries({ queryKey });
  };
  return { query, changing, acting, forget, path };
}
