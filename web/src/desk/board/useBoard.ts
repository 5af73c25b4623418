import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { get, keys, putRecord, takeOffBoard, useOrganisation } from '@/api';
import type { RecordData, RecordList } from '@/api';
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

interface MoveCard {
  ticket: RecordData;
  status: string;
  /** The server took it: the ticket still stands on this board, or not. */
  onMoved: (stays: boolean) => void;
}

/** Gives a ticket another status. It moves at once, and goes back when the server refuses. */
export function useMoveCard(board: ListQuery): (move: MoveCard) => void {
  const org = useOrganisation();
  const cache = useQueryClient();
  const save = useSaveRecord('tickets');
  const toast = useToast();
  const { mutate } = save;
  return useCallback(
    ({ ticket, status, onMoved }) => {
      if (status === ticket.status) return;
      putRecord(cache, org, { ...ticket, status });
      const leaveOrStay = async () => {
        const stays = await isOnBoard(org, board, ticket.id);
        if (!stays) takeOffBoard(cache, org, board, ticket.id);
        onMoved(stays);
      };
      mutate(
        { id: ticket.id, changes: { status } },
        {
          // Where that cannot be asked, the card stays where it was put.
          onSuccess: () => void leaveOrStay().catch(() => onMoved(true)),
          onError: (error) => {
            putRecord(cache, org, ticket);
            toast.refused(error);
          },
        },
      );
    },
    [cache, org, board, mutate, toast],
  );
}

/** The view and the filter decide whether a ticket stands on the board; only the server knows them. */
async function isOnBoard(org: string, board: ListQuery, id: string): Promise<boolean> {
  const found = await get<RecordList>(`/desk/${org}/tickets`, { ...board, ids: id, limit: 1 });
  return found.records.length > 0;
}

/** Gives a ticket that left the board its status again, and reads the board anew. */
export function useBringBack(): (ticket: RecordData) => void {
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const { mutate } = useSaveRecord('tickets');
  return (ticket) => mutate(
    { id: ticket.id, changes: { status: ticket.status } },
    { onSuccess: () => void cache.invalidateQueries({ queryKey: keys.lists(org, 'tickets') }), onError: toast.refused },
  );
}
