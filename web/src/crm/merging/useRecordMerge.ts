import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, homeOf, keys, post, putRecord, useOrganisation } from '@/api';
import type { RecordData, SearchGroup } from '@/api';
import type { SalesModuleName } from '../sales_modules';
import type { DoneRecordMerge, RecordMergePreview } from './merge_types';

const choices_max = 20;

/** Merges records into one, and takes a merge apart again. */
export function useRecordMerge(module: SalesModuleName, target: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const path = `${homeOf(org)}/${module}/${target}`;
  const take = (record: RecordData) => {
    putRecord(cache, org, record);
    // Whatever named one of them names another one now.
    void cache.invalidateQueries({ queryKey: ['organisation', org] });
  };
  const merging = useMutation({
    mutationFn: async ({ preview, winners }: { preview: RecordMergePreview; winners: Record<string, string> }) => {
      const records = preview.records.map(({ id, revision }) => ({ id, revision }));
      take(await post<RecordData>(`${path}/merge`, { records, revision: preview.target.revision, winners }));
      return (await get<{ merges: DoneRecordMerge[] }>(`${path}/merges`)).merges[0]?.id ?? null;
    },
  });
  const undoing = useMutation({ mutationFn: (merge: string) => post<RecordData>(`${path}/merges/${merge}/undo`), onSuccess: take });
  return { merging, undoing };
}

/** What merging these records will do, as the server says it. */
export function useRecordMergePreview(module: SalesModuleName, target: string, chosen: string[], winners: Record<string, string>) {
  const org = useOrganisation();
  return useQuery({
    queryKey: [...keys.mergePreview(org, target, chosen), winners],
    enabled: chosen.length > 0,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () => post<RecordMergePreview>(`${homeOf(org)}/${module}/${target}/merge/preview`, { records: chosen.map((id) => ({ id })), winners }),
  });
}

/** What was merged into a record and can still be taken apart. */
export function useDoneRecordMerges(module: SalesModuleName, target: string) {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: [...keys.record(org, module, target), 'merges'],
    queryFn: async ({ signal }) => (await get<{ merges: DoneRecordMerge[] }>(`${homeOf(org)}/${module}/${target}/merges`, undefined, signal)).merges,
  });
  return query.data ?? [];
}

/** Records that the words find, to choose from. */
export function useRecordsToMerge(module: SalesModuleName, target: string, words: string) {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: [...keys.search(org, words, module), 'merge', target],
    enabled: words !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const answer = await get<{ groups: SearchGroup[] }>(`${homeOf(org)}/search`, { q: words, module }, signal);
      const hits = answer.groups.flatMap((group) => group.records).slice(0, choices_max);
      return hits.map(({ id, title, subtitle }) => ({ value: id, label: subtitle === null || subtitle === '' ? title : `${title} · ${subtitle}` }));
    },
  });
  return (query.data ?? []).filter((each) => each.value !== target);
}
