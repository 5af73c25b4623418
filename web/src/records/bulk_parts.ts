// Acts on many records go to the server in requests of bounded size, one after the other.

import { toRefusal } from '@/api';
import type { BulkResult, RefusalKind } from '@/api';

/** The same act on as many records at a time as one request may name. */
export function inParts<Act extends { ids: string[] }>(act: Act, ids_max: number): Act[] {
  const parts: Act[] = [];
  for (let start = 0; start < act.ids.length; start += ids_max) parts.push({ ...act, ids: act.ids.slice(start, start + ids_max) });
  return parts;
}

/**
 * Sends one part after the other and gathers the results. What was done stays done when a part fails: its records and
 * those of the parts behind it, which are not sent any more, are told as refused for its reason. Throws that reason
 * when the first part fails.
 */
export async function inTurn<Part extends { ids: string[] }, Result extends BulkResult>(
  parts: Part[], send: (part: Part) => Promise<Result[]>,
): Promise<(Result | BulkResult)[]> {
  const results: (Result | BulkResult)[] = [];
  for (const [at, part] of parts.entries()) {
    try {
      results.push(...(await send(part)));
    } catch (error) {
      if (at === 0) throw error;
      const left = parts.slice(at).flatMap(({ ids }) => ids);
      return [...results, ...left.map((id) => ({ id, ok: false, error: toRefusal(error) }))];
    }
  }
  return results;
}

/**
 * Does what no request does for many, record after record. A refusal stands for its record alone; once the server does
 * not answer or takes nothing more, the rest is not asked for.
 */
export function oneByOne(ids: string[], act: (id: string) => Promise<unknown>): Promise<BulkResult[]> {
  return inTurn(ids.map((id) => ({ id, ids: [id] })), async ({ id }): Promise<BulkResult[]> => {
    try {
      await act(id);
      return [{ id, ok: true }];
    } catch (error) {
      const refusal = toRefusal(error);
      if (of_all.includes(refusal.kind)) throw refusal;
      return [{ id, ok: false, error: refusal }];
    }
  });
}

/** What is refused so would be refused for every other record as well. */
const of_all: RefusalKind[] = ['unreachable', 'busy', 'unauthenticated'];

/** The records that an act was not done on: they stay chosen. */
export function leftOf(results: BulkResult[]): string[] {
  return results.filter((result) => !result.ok).map((result) => result.id);
}
