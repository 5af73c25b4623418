import { useMutation, useQueryClient } from '@tanstack/react-query';
import { dropRecord, homeOf, keys, patch, post, putRecord, remove, useLimit, useOrganisation } from '@/api';
import type { BulkResult, RecordData } from '@/api';
import { inParts, inTurn, oneByOne } from './bulk_parts';

export interface Save {
  id: string;
  changes: Record<string, unknown>;
  /** With it the server refuses (409 `stale`) when somebody else was faster. */
  revision?: string | number;
}

/** Changes a record; the server's answer becomes the truth everywhere it is shown. */
export function useSaveRecord(module: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, changes, revision }: Save) =>
      patch<RecordData>(`${homeOf(org)}/${module}/${id}`, revision === undefined ? changes : { ...changes, revision }),
    onSuccess: (record) => {
      putRecord(cache, org, record);
      void cache.invalidateQueries({ queryKey: keys.history(org, module, record.id) });
      void cache.invalidateQueries({ queryKey: keys.allViews(org) });
      if (module === 'tickets') void cache.invalidateQueries({ queryKey: keys.timeline(org, record.id) });
      if (module === 'departments') void cache.invalidateQueries({ queryKey: keys.meta(org) });
    },
  });
}

export function useCreateRecord(module: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (values: Record<string, unknown>) => post<RecordData>(`${homeOf(org)}/${module}`, values),
    onSuccess: (record) => {
      putRecord(cache, org, record);
      void cache.invalidateQueries({ queryKey: keys.lists(org, module) });
      void cache.invalidateQueries({ queryKey: keys.allViews(org) });
      if (module === 'departments') void cache.invalidateQueries({ queryKey: keys.meta(org) });
    },
  });
}

/** Into the recycle bin, and back. */
export function useDeleteRecord(module: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const refresh = () => {
    void cache.invalidateQueries({ queryKey: keys.lists(org, module) });
    void cache.invalidateQueries({ queryKey: keys.allViews(org) });
    if (module === 'departments') void cache.invalidateQueries({ queryKey: keys.meta(org) });
  };
  const deleting = useMutation({
    mutationFn: (id: string) => remove(`${homeOf(org)}/${module}/${id}`),
    onSuccess: (_, id) => {
      dropRecord(cache, org, module, id);
      refresh();
    },
  });
  const restoring = useMutation({
    mutationFn: (id: string) => post<RecordData>(`${homeOf(org)}/${module}/${id}/restore`),
    onSuccess: refresh,
  });
  return { deleting, restoring };
}

/** Takes many records out of the recycle bin, one after the other; each has its own result. */
export function useBulkRestore(module: string) {
  const org = useOrganisation();
  const readAgain = useReadAgain(module);
  return useMutation({
    mutationFn: (ids: string[]) => oneByOne(ids, (id) => post(`${homeOf(org)}/${module}/${id}/restore`)),
    onSettled: readAgain,
  });
}

export interface BulkAct {
  ids: string[];
  changes?: Record<string, unknown>;
  delete?: true;
}

/** Changes or deletes many records, act after act; each record has its own result. */
export function useBulk(module: string) {
  const org = useOrganisation();
  const readAgain = useReadAgain(module);
  const ids_max = useLimit('bulk_ids');
  return useMutation({
    mutationFn: (acts: BulkAct[]) =>
      inTurn(acts.flatMap((act) => inParts(act, ids_max)), async (part) => (await post<{ results: BulkResult[] }>(`${homeOf(org)}/${module}/bulk`, part)).results),
    onSettled: readAgain,
  });
}

/** After an act on many records: all that is known of the module is asked for again. */
function useReadAgain(module: string): () => void {
  const org = useOrganisation();
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: keys.module(org, module) });
    void cache.invalidateQueries({ queryKey: keys.allViews(org) });
  };
}
