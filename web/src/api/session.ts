import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { get, setCsrfToken } from './client';
import { rememberApps } from './home';
import { isOfNobody, keys } from './keys';
import { Refusal } from './refusal';
import type { Person, Session } from './types';

/** Whose data a cache holds: the person who was signed in last. */
const readers = new WeakMap<QueryClient, string>();

function isReadByAnother(cache: QueryClient, session: Session): boolean {
  const reader = readers.get(cache);
  return reader !== undefined && reader !== session.person.id;
}

/**
 * The session, or null when nobody is signed in; then the cache also holds whether anybody can. The session that
 * somebody else began in another tab is none of this one: its screens still show what the person before was told.
 */
export async function fetchSession(cache: QueryClient): Promise<Session | null> {
  try {
    const session = await get<Session>('/session');
    if (isReadByAnother(cache, session)) {
      setCsrfToken(null);
      return null;
    }
    readers.set(cache, session.person.id);
    setCsrfToken(session.csrf_token);
    rememberApps(session.organisations);
    return session;
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'unauthenticated') {
      cache.setQueryData(keys.setup_needed, error.setup_needed);
      return null;
    }
    throw error;
  }
}

export function useSessionQuery() {
  return useQuery({ queryKey: keys.session, queryFn: ({ client }) => fetchSession(client), staleTime: Infinity, retry: false });
}

/** Whether nobody has set the program up yet, as the server said when the session was asked for. */
export function useSetupNeeded(): boolean {
  return useQuery({ queryKey: keys.setup_needed, queryFn: () => false, enabled: false }).data ?? false;
}

/** The signed-in session. Only below the shell, where there always is one. */
export function useSession(): Session {
  const session = useSessionQuery().data;
  if (!session) throw new Error('useSession is used outside the shell.');
  return session;
}

/** Takes a session that the server gave: the CSRF token and the cache, which forgets what somebody else has read. */
export function useTakeSession(): (session: Session | null) => void {
  const cache = useQueryClient();
  return (session) => {
    setCsrfToken(session?.csrf_token ?? null);
    if (session !== null) {
      if (isReadByAnother(cache, session)) cache.removeQueries({ predicate: ({ queryKey }) => !isOfNobody(queryKey) });
      readers.set(cache, session.person.id);
      rememberApps(session.organisations);
    }
    cache.setQueryData(keys.session, session);
  };
}

/** Puts changed words about the signed-in person where every screen reads them. */
export function useTakePerson(): (person: Person) => void {
  const cache = useQueryClient();
  return (person) =>
    cache.setQueryData(keys.session, (session: Session | null | undefined) =>
      session ? { ...session, person } : session,
    );
}
