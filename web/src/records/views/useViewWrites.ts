import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { keys, patch, post, put, remove, useOrganisation } from '@/api';
import type { CustomView } from '@/api';
import type { viewBody } from './view_form';
import { viewsPath } from './views_path';

type Body = ReturnType<typeof viewBody>;

/** Every write of the custom views of a module; what is shown of them is read again afterwards. A refusal passes through. */
export function useViewWrites(module: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  return useMemo(() => {
    const base = viewsPath(org, module);
    const taken = <T>(answer: T): T => {
      void cache.invalidateQueries({ queryKey: keys.allViews(org) });
      void cache.invalidateQueries({ queryKey: keys.viewCounts(org) });
      void cache.invalidateQueries({ queryKey: keys.lists(org, module) });
      return answer;
    };
    return {
      create: async (body: Body) => taken(await post<CustomView>(base, body)),
      change: async (view: CustomView, body: Body) => taken(await patch<CustomView>(`${base}/${view.id}`, { ...body, revision: view.revision })),
      remove: async (id: string) => taken(await remove(`${base}/${id}`)),
      restore: async (id: string) => taken(await post<CustomView>(`${base}/${id}/restore`)),
      order: async (ids: string[]) => taken(await put<undefined>(`${base}/order`, { ids })),
    };
  }, [org, module, cache]);
}
