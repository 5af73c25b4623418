import { useQueryClient } from '@tanstack/react-query';
import { keys, put, useOrganisation } from '@/api';
import type { Signature } from '@/api';
import { useSettingsWrite } from '../useSettings';

/** Stores a signature. Mails that are begun from here on begin with it. */
export function useSaveSignature(path: string): (html: string) => Promise<Signature> {
  const org = useOrganisation();
  const cache = useQueryClient();
  const write = useSettingsWrite(path);
  return async (html) => {
    const saved = await write((base) => put<Signature>(`${base}/${path}`, { html }));
    cache.removeQueries({ queryKey: keys.organisation(org), predicate: ({ queryKey }) => queryKey.includes('reply_draft') });
    return saved;
  };
}
