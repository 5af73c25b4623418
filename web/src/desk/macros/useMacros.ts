import { useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keys, post, Refusal, useOrganisation } from '@/api';
import type { BulkResult, Macro } from '@/api';
import { useText } from '@/i18n';
import { useBulkReport } from '@/records';
import { useToast } from '@/ui';

/** My macros and everybody's, by name. */
export function useMacros(): Macro[] {
  const org = useOrganisation();
  const query = useQuery({
    queryKey: keys.settings(org, 'macros', '{}'),
    queryFn: ({ signal }) => get<{ macros: Macro[] }>(`/desk/${org}/macros`, {}, signal),
    staleTime: 60_000,
  });
  return query.data?.macros ?? [];
}

/** Runs a macro on tickets and says how it went. */
export function useRunMacro(): (macro: Macro, tickets: string[]) => Promise<void> {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const report = useBulkReport();
  return async (macro, tickets) => {
    try {
      const { results } = await post<{ results: BulkResult[] }>(`/desk/${org}/macros/${macro.id}/run`, { tickets });
      void cache.invalidateQueries({ queryKey: keys.module(org, 'tickets') });
      if (tickets.length > 1) return report(results);
      const error = results[0]?.error;
      if (error) toast.refused(new Refusal(error));
      else toast.done(t('automation.macro_done', { name: macro.name }));
    } catch (error) {
      toast.refused(error);
    }
  };
}
