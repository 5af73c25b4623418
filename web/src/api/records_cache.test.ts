import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keys } from './keys';
import { applyChanges, putRecord, takeOffBoard } from './records_cache';
import type { RecordData } from './types';

const record = (id: string, revision: number, subject: string): RecordData =>
  ({ id, revision, module: 'tickets', title: subject, subject, custom: {}, may: [] });

describe('The cache of records', () => {
  const list_key = keys.list('1', 'tickets', { view: 'all' });
  let cache: QueryClient;
  const subjects = () =>
    cache.getQueryData<{ pages: { records: RecordData[] }[] }>(list_key)?.pages.flatMap((page) => page.records.map((each) => each.title));

  beforeEach(() => {
    cache = new QueryClient();
    cache.setQueryData(list_key, {
      pages: [{ records: [record('a', 1, 'Router'), record('b', 1, 'Parcel')], next_cursor: null }], pageParams: [null],
    });
  });
  const answer = (status: number, body: unknown) =>
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status }))));

  it('keeps a changed record at its place in the list', () => {
    putRecord(cache, '1', record('a', 2, 'Router is back'));
    expect(subjects()).toEqual(['Router is back', 'Parcel']);
  });

  it('reads a row again that somebody else has changed', async () => {
    answer(200, record('b', 2, 'Parcel arrived'));
    await applyChanges(cache, '1', [{ module: 'tickets', id: 'b', verb: 'updated', revision: 2 }]);
    expect(subjects()).toEqual(['Router', 'Parcel arrived']);
  });

  it('does not read again what it knows already', async () => {
    answer(200, {});
    await applyChanges(cache, '1', [{ module: 'tickets', id: 'b', verb: 'updated', revision: 1 }]);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('takes out what was deleted or can no longer be seen', async () => {
    answer(404, { error: { kind: 'not_found', code: 'not_found', message: '', field: null, faults: [] } });
    await applyChanges(cache, '1', [
      { module: 'tickets', id: 'a', verb: 'deleted', revision: 2 },
      { module: 'tickets', id: 'b', verb: 'updated', revision: 2 },
    ]);
    expect(subjects()).toEqual([]);
  });

  it('announces new records and pushes none into the list', async () => {
    await applyChanges(cache, '1', [{ module: 'tickets', id: 'c', verb: 'created', revision: 1 }]);
    expect(subjects()).toEqual(['Router', 'Parcel']);
    expect(cache.getQueryData(keys.pending('1', 'tickets'))).toEqual(['c']);
  });

  it('moves a ticket on a board to the column of its status, and on no other board', () => {
    const column = (view: string, status: string) => keys.list('1', 'tickets', { view, status });
    const page = (records: RecordData[]) => ({ pages: [{ records, next_cursor: null }], pageParams: [null] });
    const ids = (view: string, status: string) =>
      cache.getQueryData<{ pages: { records: RecordData[] }[] }>(column(view, status))?.pages.flatMap((each) => each.records.map(({ id }) => id));
    cache.setQueryData(column('all', 'open'), page([{ ...record('a', 1, 'Router'), status: 'open' }]));
    cache.setQueryData(column('all', 'closed'), page([{ ...record('c', 1, 'Gate'), status: 'closed' }]));
    cache.setQueryData(column('mine', 'closed'), page([]));
    putRecord(cache, '1', { ...record('a', 2, 'Router'), status: 'closed' });
    expect(ids('all', 'open')).toEqual([]);
    expect(ids('all', 'closed')).toEqual(['a', 'c']);
    expect(ids('mine', 'closed')).toEqual([]);
    putRecord(cache, '1', { ...record('a', 2, 'Router'), status: 'open' });
    expect(ids('all', 'open')).toEqual(['a']);
    expect(ids('all', 'closed')).toEqual(['c']);
  });

  it('takes a ticket off the board that leaves it out, and off nothing else', () => {
    const lists = { board: { view: 'mine', status: 'closed' }, other: { view: 'all', status: 'closed' }, list: { view: 'mine' } };
    const count = (query: object) => cache.getQueryData<{ pages: { records: RecordData[] }[] }>(keys.list('1', 'tickets', query))?.pages[0]?.records.length;
    for (const query of Object.values(lists))
      cache.setQueryData(keys.list('1', 'tickets', query), { pages: [{ records: [record('a', 1, 'Router')], next_cursor: null }], pageParams: [null] });
    takeOffBoard(cache, '1', { view: 'mine' }, 'a');
    expect([count(lists.board), count(lists.other), count(lists.list)]).toEqual([0, 1, 1]);
  });
});
