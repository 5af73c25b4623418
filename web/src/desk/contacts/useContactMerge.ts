import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keys, post, putRecord, useOrganisation } from '@/api';
import type { RecordData, SearchGroup } from '@/api';
import type { ContactMergePreview, DoneContactMerge } from './contact_types';

const choices_max = 20;

/** Merges contacts into one, and takes a merge apart again. */
export function useContactMerge(target: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const path = `/desk/${org}/contacts/${target}`;
  const take = (contact: RecordData) => {
    putRecord(cache, org, contact);
    void cache.invalidateQueries({ queryKey: keys.module(org, 'contacts') });
    void cache.invalidateQueries({ queryKey: keys.module(org, 'tickets') });
    void cache.invalidateQueries({ queryKey: keys.duplicates(org) });
  };
  const merging = useMutation({
    mutationFn: async ({ preview, winners }: { preview: ContactMergePreview; winners: Record<string, string> }) => {
      const contacts = preview.contacts.map(({ id, revision }) => ({ id, revision }));
      take(await post<RecordData>(`${path}/merge`, { contacts, revision: preview.target.revision, winners }));
      return (await get<{ merges: DoneContactMerge[] }>(`${path}/merges`)).merges[0]?.id ?? null;
    },
  });
  const undoing = useMutation({
    mutationFn: (merge: string) => post<RecordData>(`${path}/merges/${merge}/undo`),
    onSuccess: take,
  });
  return { merging, undoing };
}

/** What merging these contacts will do, as the server says it. */
export function useContactMergePreview(target: string, chosen: string[], winners: Record<string, string>) {
  const org = useOrganisation();
  return useQuery({
    queryKey: [...keys.mergePreview(org, target, chosen), winners],
    enabled: chosen.length > 0,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () => post<ContactMergePreview>(`/desk/${org}/contacts/${target}/merge/preview`, { contacts: chosen.map((id) => ({ id })), winners }),
  });
}

/** What was merged into a contact and can still be taken apart. */
export function useDoneContactMerges(contact: string) {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: keys.contactMerges(org, contact),
    queryFn: async ({ signal }) => (await get<{ merges: DoneContactMerge[] }>(`/desk/${org}/contacts/${contact}/merges`, undefined, signal)).merges,
  });
  return query.data ?? [];
}

/** Contacts that the words find, to choose from. */
export function useContactsToMerge(contact: string, words: string) {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: [...keys.search(org, words, 'contacts'), 'merge', contact],
    enabled: words !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const answer = await get<{ groups: SearchGroup[] }>(`/desk/${org}/search`, { q: words, module: 'contacts' }, signal);
      const hits = answer.groups.flatMap((group) => group.records).slice(0, choices_max);
      return hits.map(({ id, title, subtitle }) => ({ value: id, label: subtitle === null || subtitle === '' ? title : `${title} · ${subtitle}` }));
    },
  });
  return (query.data ?? []).filter((each) => each.value !== contact);
}
