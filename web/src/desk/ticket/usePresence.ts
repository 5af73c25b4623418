import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys, post, postWhileLeaving, Refusal, useOrganisation } from '@/api';
import type { PresenceOther } from '@/api';

const repeat_ms = 20_000;
const nobody: PresenceOther[] = [];

/** Says that I am on a ticket, and who else is; null says nothing: nobody is on a ticket in the recycle bin. */
export function usePresence(ticket: string, state: 'viewing' | 'replying' | null): PresenceOther[] {
  const org = useOrganisation();
  const cache = useQueryClient();
  const [others, setOthers] = useState<PresenceOther[]>([]);
  const path = `/desk/${org}/tickets/${ticket}/presence`;
  const is_said = state !== null;
  useEffect(() => {
    if (state === null) return undefined;
    let is_over = false;
    const say = () => {
      if (document.visibilityState === 'hidden') return;
      post<{ others: PresenceOther[] }>(path, { state })
        .then((answer) => !is_over && setOthers(answer.others))
        .catch((error: unknown) => {
          // Out of sight without an event, as when sharing is switched off: the page finds out.
          if (error instanceof Refusal && error.kind === 'not_found') void cache.invalidateQueries({ queryKey: keys.record(org, 'tickets', ticket) });
        });
    };
    say();
    const timer = window.setInterval(say, repeat_ms);
    document.addEventListener('visibilitychange', say);
    return () => {
      is_over = true;
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', say);
    };
  }, [cache, org, path, state, ticket]);
  useEffect(() => {
    if (!is_said) return undefined;
    const handleLeave = () => postWhileLeaving(path, { state: 'gone' });
    window.addEventListener('pagehide', handleLeave);
    return () => {
      window.removeEventListener('pagehide', handleLeave);
      handleLeave();
    };
  }, [path, is_said]);
  return is_said ? others : nobody;
}
