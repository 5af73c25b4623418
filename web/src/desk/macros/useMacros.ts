import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keys, post, Refusal, useOrganisation } from '@/api';
import type { BulkResult, Macro, RecordData } from '@/api';
import { useText } from '@/i18n';
import { useBulkReport } from '@/records';
import { useToast } from '@/ui';

/** As many as the server looks at. */
const tickets_max = 250;

/** The macros that the server would do on one of these tickets; `state` changes with what may be done there. */
export function useMacros(tickets: string[], state: string): Macro[] {
  const org = useOrganisation();
  const asked = tickets.slice(0, tickets_max).join(',');
  const query = useQuery({
    queryKey: [...keys.settings(org, 'macros', '{}'), asked, state],
    queryFn: ({ signal }) => get<{ macros: Macro[] }>(`/desk/${org}/macros`, { tickets: asked }, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  if (asked === '') return [];
  return query.data?.macros ?? [];
}

/** Runs a macro on tickets and says how it went. */
export function useRunMacro(): (macro: Macro, tickets: RecordData[]) => Promise<void> {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const report = useBulkReport();
  return async (macro, tickets) => {
    try {
      const { results } = await post<{ results: BulkResult[] }>(`/desk/${org}/macros/${macro.id}/run`, { tickets: tickets.map((ticket) => ticket.id) });
      void cache.invalidateQueries({ queryKey: keys.module(org, 'tickets') });
      if (tickets.length > 1) return report(results, tickets);
      const error = results[0]?.error;
      if (error) toast.refused(new Refusal(error));
      else toast.done(t('automation.macro_done', { name: macro.name }));
    } catch (error) {
      toast.refused(error);
    }
  };
}
