import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { get, keys, putRecord, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { useSaveRecord } from '@/records';
import type { ListQuery } from '@/records';
import { useToast } from '@/ui';

export interface ColumnCount {
  status: string;
  count: number;
  count_is_exact: boolean;
}

/** How many tickets stand in each column. */
export function useBoardCounts({ view, department, words, filter }: ListQuery): ColumnCount[] {
  const org = useOrganisation();
  const query = { view, department, words, filter };
  const counts = useQuery({
    queryKey: keys.board(org, query),
    queryFn: async ({ signal }) => (await get<{ columns: ColumnCount[] }>(`/desk/${org}/tickets/board`, query, signal)).columns,
    staleTime: 5_000,
  });
  return counts.data ?? [];
}

/** Gives a ticket another status. It moves at once, and goes back when the server refuses. */
export function useMoveCard(): (ticket: RecordData, status: string, onMoved: () => void) => void {
  const org = useOrganisation();
  const cache = useQueryClient();
  const save = useSaveRecord('tickets');
  const toast = useToast();
  const { mutate } = save;
  return useCallback(
    (ticket, status, onMoved) => {
      if (status === ticket.status) return;
      putRecord(cache, org, { ...ticket, status });
      mutate(
        { id: ticket.id, changes: { status } },
        {
          onSuccess: onMoved,
          onError: (error) => {
            putRecord(cache, org, ticket);
            toast.refused(error);
          },
        },
      );
    },
    [cache, org, mutate, toast],
  );
}
