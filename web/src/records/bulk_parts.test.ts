import { expect, it, vi } from 'vitest';
import { Refusal } from '@/api';
import type { BulkResult } from '@/api';
import { inParts, inTurn, leftOf, oneByOne } from './bulk_parts';

const bulk_ids_max = 250;
const ids = (count: number) => Array.from({ length: count }, (_, at) => String(at));
const done = ({ ids: named }: { ids: string[] }): Promise<BulkResult[]> => Promise.resolve(named.map((id) => ({ id, ok: true })));
const unreachable = new Refusal({ kind: 'unreachable', code: 'unreachable', message: '', field: null, faults: [] });

it('More records than one request may name go in several, with what is asked for in each', () => {
  const parts = inParts({ ids: ids(bulk_ids_max + 1), changes: { priority: 'high' } }, bulk_ids_max);
  expect(parts.map((part) => part.ids.length)).toEqual([bulk_ids_max, 1]);
  expect(parts.every((part) => part.changes.priority === 'high')).toBe(true);
  expect(parts.flatMap((part) => part.ids)).toEqual(ids(bulk_ids_max + 1));
  expect(inParts({ ids: [] }, bulk_ids_max)).toEqual([]);
});

it('The next request is sent when the one before was answered', async () => {
  const answers: (() => void)[] = [];
  const send = vi.fn(({ ids: named }: { ids: string[] }) => new Promise<{ id: string; ok: boolean }[]>((resolve) => {
    answers.push(() => resolve(named.map((id) => ({ id, ok: true }))));
  }));
  const all = inTurn(inParts({ ids: ids(2 * bulk_ids_max) }, bulk_ids_max), send);
  expect(send).toHaveBeenCalledTimes(1);
  answers[0]?.();
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
  answers[1]?.();
  expect((await all).every((result) => result.ok)).toBe(true);
});

it('When a request fails, what was done before is told as done and the rest as refused, with the reason', async () => {
  const send = vi.fn(done).mockImplementationOnce(done).mockRejectedValueOnce(unreachable);
  const results = await inTurn(inParts({ ids: ids(2 * bulk_ids_max + 100) }, bulk_ids_max), send);
  expect(send).toHaveBeenCalledTimes(2);
  expect(results.filter((result) => result.ok).map((result) => result.id)).toEqual(ids(bulk_ids_max));
  expect(leftOf(results)).toEqual(ids(2 * bulk_ids_max + 100).slice(bulk_ids_max));
  expect(results.at(-1)?.error?.code).toBe('unreachable');
});

it('When nothing was done, the reason alone is told', async () => {
  await expect(inTurn(inParts({ ids: ids(2) }, bulk_ids_max), () => Promise.reject(unreachable))).rejects.toBe(unreachable);
});

it('Record after record, a refusal stands for its record alone', async () => {
  const taken = new Refusal({ kind: 'conflict', code: 'duplicate', message: '', field: 'email', faults: [] });
  const results = await oneByOne(['1', '2', '3'], (id) => (id === '1' ? Promise.reject(taken) : Promise.resolve()));
  expect(results.map((result) => result.ok)).toEqual([false, true, true]);
  expect(results[0]?.error?.code).toBe('duplicate');
});

it('Record after record, nothing more is asked for once the server is gone', async () => {
  const act = vi.fn((id: string) => (id === '2' ? Promise.reject(unreachable) : Promise.resolve()));
  const results = await oneByOne(['1', '2', '3'], act);
  expect(act).toHaveBeenCalledTimes(2);
  expect(leftOf(results)).toEqual(['2', '3']);
  await expect(oneByOne(['2'], act)).rejects.toBe(unreachable);
});
