import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { get, homeOf, keys, put, remove, useEvents, useOrganisation } from '@/api';
import type { RecordData, RecordList } from '@/api';
import { useRecordPages } from '@/records';
import type { Records } from '@/records';
import type { JoinedList } from './joined';

interface JoinedPage extends RecordList {
  /** The choice that is said of a record, by its id; nothing of those of whom none is said. */
  said: Record<string, string>;
}

export interface Joined extends Records {
  saidOf: (other: RecordData) => string | null;
}

const page_rows = 50;

/** What belongs to a record in one of its lists, page after page, in step with what others join and part. */
export function useJoined(record: RecordData, { list: name, of }: JoinedList, sort: string): Joined {
  const org = useOrganisation();
  const cache = useQueryClient();
  const { module, id } = record;
  const key = keys.joined(org, of, { module, id, list: name, sort });
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => get<JoinedPage>(`${homeOf(org)}/${module}/${id}/joined/${name}`, { sort, cursor: pageParam, limit: page_rows }, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 15_000,
  });
  useEvents((change) => {
    const is_told = change.module === module && change.id === id && ['joined', 'parted'].includes(change.verb);
    if (is_told) void cache.invalidateQueries({ queryKey: key });
  });
  const said = new Map((list.data?.pages ?? []).flatMap((page) => Object.entries(page.said)));
  return { ...useRecordPages(list), saidOf: (other) => said.get(other.id) ?? null };
}

function firstPage(): string | null {
  return null;
}

interface Pairing {
  other: string;
  /** Left out, what was said stays, or is the usual; null says nothing. */
  said?: string | null;
}

/** Joins a record with others of one of its lists and takes them apart. A refusal passes through. */
export function useJoinWrites(record: RecordData, { list, of }: JoinedList) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const { module, id } = record;
  const store = async (other: string, send: (path: string) => Promise<unknown>) => {
    try {
      await send(`${homeOf(org)}/${module}/${id}/joined/${list}/${other}`);
    } finally {
      // Both sides have changed: their lists, and one of the two records.
      for (const each of [of, module]) void cache.invalidateQueries({ queryKey: keys.lists(org, each) });
      void cache.invalidateQueries({ queryKey: keys.record(org, module, id) });
      void cache.invalidateQueries({ queryKey: keys.record(org, of, other) });
    }
  };
  return {
    join: ({ other, said }: Pairing) => store(other, (path) => put(path, said === undefined ? {} : { said })),
    part: (other: string) => store(other, (path) => remove(path)),
  };
}
