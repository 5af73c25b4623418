import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { get, homeOf, keys, useOrganisation } from '@/api';
import type { QueryValue } from '@/api';

/** What a settings address answers, kept under its own words. */
export function useSettingsQuery<T>(path: string, query: Record<string, QueryValue> = {}) {
  const org = useOrganisation();
  return useQuery({
    queryKey: keys.settings(org, path, JSON.stringify(query)),
    queryFn: ({ signal }) => get<T>(`${homeOf(org)}/${path}`, query, signal),
    staleTime: 5_000,
  });
}

/**
 * Runs a write with the organisation's base address, then reads again what hangs on it: the pages named,
 * and what every screen knows about the organisation. A refusal passes through.
 */
export function useSettingsWrite(...pages: string[]) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const names = pages.join('\n');
  return useCallback(
    async <T>(write: (base: string) => Promise<T>): Promise<T> => {
      const answer = await write(homeOf(org));
      for (const page of names.split('\n'))
        void cache.invalidateQueries({ queryKey: keys.settingsPage(org, page) });
      void cache.invalidateQueries({ queryKey: keys.meta(org) });
      return answer;
    },
    [cache, org, names],
  );
}
