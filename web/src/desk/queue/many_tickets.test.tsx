// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Macro, RecordData } from '@/api';
import { show, speakEnglish } from '@/records/test_screen';
import { useRunMacro } from '../macros/useMacros';
import { useSpam } from '../spam/useSpam';

beforeAll(speakEnglish);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const tickets = Array.from({ length: 300 }, (_, at): RecordData => ({ id: String(at), revision: 1, module: 'tickets', title: `Ticket ${at}`, custom: {}, may: [] }));
const ids = tickets.map((ticket) => ticket.id);
const macro: Macro = { id: '9', name: 'Close kindly', is_shared: true, may_change: false, actions: [] };
interface Body { ids?: string[]; tickets?: string[]; block_senders_of?: string[]; is_spam?: boolean }

/** A server that takes 250 ids at a time, as ours does; the sender of ticket 280 was blocked. */
function serve(requests_max = 100): Body[] {
  const bodies: Body[] = [];
  vi.stubGlobal('fetch', (_: string, init?: RequestInit) => {
    const body: Body = JSON.parse(String(init?.body));
    const named = body.ids ?? body.tickets ?? [];
    if (bodies.length >= requests_max) return Promise.reject(new TypeError('gone'));
    bodies.push(body);
    if (named.length > 250) {
      const error = { kind: 'too_large', code: 'too_many_ids', message: 'Send at most 250 ids at a time.', field: 'ids', faults: [] };
      return Promise.resolve(new Response(JSON.stringify({ error }), { status: 413 }));
    }
    return Promise.resolve(new Response(JSON.stringify({ results: named.map((id) => ({ id, ok: true, unblocked: id === '280' })) })));
  });
  return bodies;
}

function Acts() {
  const run = useRunMacro();
  const { mark } = useSpam();
  const [left, setLeft] = useState<number | null>(null);
  return (
    <>
      <button onClick={() => void run(macro, tickets).then((rest) => setLeft(rest.length))}>Macro</button>
      <button onClick={() => void mark({ ids, is_spam: false }, tickets).then((rest) => setLeft(rest.length))}>Not spam</button>
      <output>{left}</output>
    </>
  );
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const leftIs = (count: string) => waitFor(() => expect(screen.getByRole('status').textContent).toBe(count));

it('A macro runs on more tickets than one request may name', async () => {
  const bodies = serve();
  show(<Acts />);
  press('Macro');
  await screen.findByText('300 records changed');
  await leftIs('0');
  expect(bodies.flatMap((body) => body.tickets)).toEqual(ids);
});

it('A macro that breaks off says where it ran and leaves the others chosen', async () => {
  serve(1);
  show(<Acts />);
  press('Macro');
  await screen.findByText('250 records changed');
  await screen.findByText(/50 records were not changed/);
  await leftIs('50');
});

it('More tickets than one request may name are no spam any more, and whose senders were blocked are blocked again by Undo', async () => {
  const bodies = serve();
  show(<Acts />);
  press('Not spam');
  await leftIs('0');
  press('Undo');
  await screen.findByText('It is as before');
  expect(bodies.map((body) => [body.is_spam, body.ids?.length, body.block_senders_of])).toEqual([
    [false, 250, undefined], [false, 50, undefined], [true, 250, undefined], [true, 50, ['280']],
  ]);
});
