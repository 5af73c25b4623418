import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, keep, keys, recall, useEvents, useOrganisation } from '@/api';
import type { OngoingCall } from '@/api';

const ongoingKey = (org: string) => [...keys.organisation(org), 'ongoing_calls'];

/** While a call is shown it is asked again, because a lost end is never told. */
const check_ms = 30_000;
const dismissed_key = 'tandem.dismissed_calls';
const dismissed_max = 50;

/** Calls that ring for me or my department and were not dismissed in this window. */
export function useOngoingCalls() {
  const org = useOrganisation();
  const cache = useQueryClient();
  const [dismissed, setDismissed] = useState(readDismissed);
  const query = useQuery({
    queryKey: ongoingKey(org),
    queryFn: async ({ signal }) => (await get<{ calls: OngoingCall[] }>(`/desk/${org}/calls/ongoing`, {}, signal)).calls,
    refetchInterval: ({ state }) => ((state.data ?? []).length > 0 ? check_ms : false),
  });
  useEvents((change) => change.module === 'calls' && void cache.invalidateQueries({ queryKey: ongoingKey(org) }));
  const dismiss = (id: string) => {
    const next = [...dismissed, id].slice(-dismissed_max);
    setDismissed(next);
    keep('tab', dismissed_key, next.join('\n'));
  };
  return { calls: (query.data ?? []).filter((call) => !dismissed.includes(call.id)), dismiss };
}

function readDismissed(): string[] {
  return recall('tab', dismissed_key)?.split('\n') ?? [];
}
