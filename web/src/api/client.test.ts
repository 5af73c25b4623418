import { afterEach, expect, it, vi } from 'vitest';
import { get } from './client';
import { toRefusal } from './refusal';

afterEach(() => vi.unstubAllGlobals());

function answerWith(body: string, status: number) {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status })));
}

async function refusalOfGet() {
  return get('/session').then(() => null, (error: unknown) => toRefusal(error).kind);
}

it('An answer that breaks off is no data: it is as if the server had not answered', async () => {
  answerWith('{"records":[{"id":"1"', 200);
  expect(await refusalOfGet()).toBe('unreachable');
});

it('A refusal without a body is still a refusal of its status', async () => {
  answerWith('', 503);
  expect(await refusalOfGet()).toBe('busy');
});
