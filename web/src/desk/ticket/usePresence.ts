import { useEffect, useState } from 'react';
import { post, postWhileLeaving, useOrganisation } from '@/api';
import type { PresenceOther } from '@/api';

const repeat_ms = 20_000;

/** Says that I am on a ticket, and who else is. */
export function usePresence(ticket: string, state: 'viewing' | 'replying'): PresenceOther[] {
  const org = useOrganisation();
  const [others, setOthers] = useState<PresenceOther[]>([]);
  const path = `/desk/${org}/tickets/${ticket}/presence`;
  useEffect(() => {
    let is_over = false;
    const say = () => {
      if (document.visibilityState === 'hidden') return;
      post<{ others: PresenceOther[] }>(path, { state })
        .then((answer) => !is_over && setOthers(answer.others))
        .catch(() => undefined);
    };
    say();
    const timer = window.setInterval(say, repeat_ms);
    document.addEventListener('visibilitychange', say);
    return () => {
      is_over = true;
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', say);
    };
  }, [path, state]);
  useEffect(() => {
    const handleLeave = () => postWhileLeaving(path, { state: 'gone' });
    window.addEventListener('pagehide', handleLeave);
    return () => {
      window.removeEventListener('pagehide', handleLeave);
      handleLeave();
    };
  }, [path]);
  return others;
}
