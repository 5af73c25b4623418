import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keys, post, Refusal, useLimit, useOrganisation } from '@/api';
import type { BulkResult, Macro, RecordData } from '@/api';
import { useText } from '@/i18n';
import { inParts, inTurn, leftOf, useBulkReport } from '@/records';
import { useToast } from '@/ui';

/** The macros that the server would do on one of the first of these tickets; `state` changes with what may be done there. */
export function useMacros(tickets: string[], state: string): Macro[] {
  const org = useOrganisation();
  const asked = tickets.slice(0, useLimit('bulk_ids')).join(',');
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

/** Runs a macro on tickets and says how it went. Answers the ids of those on which it did not run. */
export function useRunMacro(): (macro: Macro, tickets: RecordData[]) => Promise<string[]> {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const report = useBulkReport();
  const ids_max = useLimit('bulk_ids');
  return async (macro, tickets) => {
    const ids = tickets.map((ticket) => ticket.id);
    try {
      const results = await inTurn(inParts({ ids }, ids_max), async (part) =>
        (await post<{ results: BulkResult[] }>(`/desk/${org}/macros/${macro.id}/run`, { tickets: part.ids })).results);
      const error = results[0]?.error;
      if (tickets.length > 1) report(results, tickets);
      else if (error) toast.refused(new Refusal(error));
      else toast.done(t('automation.macro_done', { name: macro.name }));
      return leftOf(results);
    } catch (error) {
      toast.refused(error);
      return ids;
    } finally {
      void cache.invalidateQueries({ queryKey: keys.module(org, 'tickets') });
    }
  };
}
