// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Field, RecordData } from '@/api';
import { show, speakEnglish } from './test_screen';
import { useBulkChange } from './useBulkChange';
import { useBulkDelete } from './useBulkDelete';

beforeAll(speakEnglish);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const due: Field = { name: 'due_on', label: 'Due', kind: 'date', required: false, unique: false, searchable: false, sortable: false, read_only: false, custom: false };
/** Each with a day of its own, so that each is taken back by itself. */
const tasks = Array.from({ length: 400 }, (_, at): RecordData => ({
  id: String(at), revision: 1, module: 'tasks', title: `Task ${at}`, custom: {}, may: [], due_on: `2026-01-01 ${at}`,
}));

/** A server that takes `requests_max` requests and is gone then. It counts those that wait at once. */
function serve(requests_max: number) {
  const asked: string[] = [];
  let waiting = 0;
  let waiting_most = 0;
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    waiting += 1;
    waiting_most = Math.max(waiting_most, waiting);
    await Promise.resolve();
    waiting -= 1;
    if (asked.length >= requests_max) throw new TypeError('gone');
    asked.push(url);
    const { ids = [] }: { ids?: string[] } = JSON.parse(String(init?.body));
    return new Response(JSON.stringify({ results: ids.map((id) => ({ id, ok: true })) }));
  });
  return { asked, most: () => waiting_most };
}

function Acts() {
  const change = useBulkChange('tasks');
  const remove = useBulkDelete('tasks');
  const [left, setLeft] = useState<number | null>(null);
  return (
    <>
      <button onClick={() => void change(tasks, due, null).then((ids) => setLeft(ids.length))}>Change</button>
      <button onClick={() => void remove(tasks).then((ids) => setLeft(ids.length))}>Delete</button>
      <output>{left}</output>
    </>
  );
}

const showActs = () => show(<Acts />, [{ name: 'tasks', label: 'Task', fields: [due], may: [] }]);
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

it('A bulk change that breaks off says what was changed, which were not and why, and can be taken back', async () => {
  const server = serve(1);
  showActs();
  press('Change');
  await screen.findByText('250 records changed');
  await screen.findByText(/150 records were not changed .*The server did not answer/);
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('150'));
  expect(server.asked).toHaveLength(1);
  await screen.findByRole('button', { name: 'Undo' });
});

it('Taking back a bulk change asks for one group of records after the other', async () => {
  const server = serve(1_000);
  showActs();
  press('Change');
  await screen.findByText('400 records changed');
  press('Undo');
  await screen.findByText('It is as before');
  expect(server.asked).toHaveLength(402);
  expect(server.most()).toBe(1);
});

it('Taking back a deletion restores one record after the other and says which stayed in the recycle bin', async () => {
  const server = serve(2 + 300);
  showActs();
  press('Delete');
  await screen.findByText('400 records are in the recycle bin.');
  press('Undo');
  await screen.findByText(/100 records were not changed .*The server did not answer/);
  expect(server.asked.filter((url) => url.endsWith('/restore'))).toHaveLength(300);
  expect(server.most()).toBe(1);
});
