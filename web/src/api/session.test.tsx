import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keys } from './keys';
import { fetchSession, useTakeSession } from './session';
import type { Person, Session } from './types';

const person = (id: string): Person => ({
  id, name: id, email: `${id}@acme.test`, locale: 'en', theme: 'system', density: 'comfortable', time_zone: 'UTC', phone: '',
  undo_send_seconds: 0, totp_enabled: false,
});
const session = (id: string): Session => ({ person: person(id), csrf_token: `token of ${id}`, organisations: [], version: '1' });
const contacts_read = keys.list('1', 'contacts', {});

let cache: QueryClient;
beforeEach(() => {
  cache = new QueryClient();
});
afterEach(() => {
  cache.clear();
  vi.unstubAllGlobals();
});

function take(next: Session): void {
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={cache}>{children}</QueryClientProvider>;
  renderHook(() => useTakeSession(), { wrapper }).result.current(next);
}

/** Ana reads, and the server ends her session: nothing is forgotten by that alone. */
function anaReadAndLeft(): void {
  take(session('ana'));
  cache.setQueryData(keys.meta('1'), 'her rights');
  cache.setQueryData(contacts_read, 'her list');
  cache.setQueryData(keys.session, null);
}

it('Who signs in after somebody else finds nothing of what that person has read', () => {
  anaReadAndLeft();
  cache.setQueryData(keys.invitation('t'), 'to whoever has the link');
  take(session('ben'));
  expect(cache.getQueryData(keys.meta('1'))).toBeUndefined();
  expect(cache.getQueryData(contacts_read)).toBeUndefined();
  expect(cache.getQueryData(keys.invitation('t'))).toBe('to whoever has the link');
  expect(cache.getQueryData<Session>(keys.session)?.person.id).toBe('ben');
});

it('Who signs in again finds what they had read', () => {
  anaReadAndLeft();
  take(session('ana'));
  expect(cache.getQueryData(contacts_read)).toBe('her list');
});

it('The session that somebody else began in another tab is none of this one', async () => {
  anaReadAndLeft();
  const answer = vi.fn(() => Promise.resolve(new Response(JSON.stringify(session('ben')))));
  vi.stubGlobal('fetch', answer);
  expect(await fetchSession(cache)).toBeNull();
  answer.mockImplementation(() => Promise.resolve(new Response(JSON.stringify(session('ana')))));
  expect((await fetchSession(cache))?.person.id).toBe('ana');
});
