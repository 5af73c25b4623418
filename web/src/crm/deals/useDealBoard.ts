import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { InfiniteData } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { allOf, condition, get, homeOf, keys, useEvents, useOrganisation } from '@/api';
import type { Filter, RecordData, RecordList, Stage } from '@/api';
import { linkedId } from '@/fields';
import type { ListQuery } from '@/records';
import { isOwnView } from '../list/useSalesViews';

/** Which deals a board shows. */
export interface DealsAsked {
  pipeline: string;
  /** Null for all deals. */
  view: string | null;
  filter: Filter | null;
  words: string | null;
}

export interface StageSum {
  stage: string;
  count: number;
  count_is_exact: boolean;
  amount: string | number | null;
  expected_revenue: string | number | null;
}

/** Changes that come within this time are asked about together. */
const gather_ms = 250;

/** The list behind one column; a view that somebody made has an order of its own. */
export function columnQuery({ pipeline, view, filter, words }: DealsAsked, stage: string): ListQuery {
  const sort = isOwnView(view) ? null : 'closes_on';
  return { view, filter: allOf([condition('pipeline', 'is', pipeline), condition('stage', 'is', stage), filter]), sort, words };
}

export interface StageSums {
  sums: StageSum[];
  /** Why they are missing, or old. */
  error: Error | null;
  retry: () => void;
}

/** How many deals stand on each stage, and what they come to. */
export function useStageSums({ pipeline, view, filter, words }: DealsAsked): StageSums {
  const org = useOrganisation();
  const query = { pipeline, view, filter, words };
  const { data, error, refetch } = useQuery({
    queryKey: keys.dealBoard(org, query),
    queryFn: async ({ signal }) => (await get<{ columns: StageSum[] }>(`${homeOf(org)}/deals/board`, query, signal)).columns,
    staleTime: 5_000,
  });
  return { sums: data ?? [], error, retry: () => void refetch() };
}

/** Reads the board anew when a deal changed elsewhere: on a board a deal stands where its stage is. */
export function useBoardInStep(): () => void {
  const org = useOrganisation();
  const cache = useQueryClient();
  const timer = useRef<number | undefined>(undefined);
  const reload = useCallback(() => {
    timer.current = undefined;
    void cache.invalidateQueries({ queryKey: keys.lists(org, 'deals') });
    void cache.invalidateQueries({ queryKey: keys.dealBoards(org) });
  }, [cache, org]);
  useEvents((change) => {
    if (change.module === 'deals') timer.current ??= window.setTimeout(reload, gather_ms);
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return reload;
}

type Pages = InfiniteData<RecordList, string | null>;

/** Draws a card in the column of its new stage, as it is known: before the server has answered, and as it did. */
export function usePlaceCard(asked: DealsAsked): (deal: RecordData, stage: Stage, now?: RecordData) => void {
  const org = useOrganisation();
  const cache = useQueryClient();
  return (deal, stage, now) => {
    const from = linkedId(deal.stage);
    const moved = now ?? { ...deal, stage: { id: stage.id, title: stage.name } };
    const change = (column: string, edit: (rows: RecordData[], page: number) => RecordData[]) =>
      cache.setQueryData<Pages>(keys.list(org, 'deals', columnQuery(asked, column)), (data) =>
        data && { ...data, pages: data.pages.map((page, at) => ({ ...page, records: edit(page.records, at) })) });
    if (from !== null) change(from, (rows) => rows.filter((row) => row.id !== deal.id));
    change(stage.id, (rows, page) => (page === 0 ? [moved, ...rows.filter((row) => row.id !== deal.id)] : rows));
  };
}
