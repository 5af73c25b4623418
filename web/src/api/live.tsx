import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { openEvents } from './events';
import type { ConnectionState } from './events';
import { keys } from './keys';
import { applyChanges } from './records_cache';
import type { Change } from './types';

/** Events that come within this time are handled together. */
const gather_ms = 120;

type ChangeListener = (change: Change) => void;

interface Live {
  state: ConnectionState;
  listen: (listener: ChangeListener) => () => void;
}

const LiveContext = createContext<Live | null>(null);

/** Keeps the event stream of one organisation open and the cache in step with it. */
export function LiveProvider({ org, children }: { org: string; children: ReactNode }) {
  const cache = useQueryClient();
  const [state, setState] = useState<ConnectionState>('connecting');
  const listeners = useRef(new Set<ChangeListener>());

  useEffect(() => {
    let gathered: Change[] = [];
    let timer: number | undefined;
    const flush = () => {
      const changes = gathered;
      gathered = [];
      timer = undefined;
      void applyChanges(cache, org, changes);
    };
    const close = openEvents(org, {
      onState: setState,
      // Asked again, an ended session leads to the sign-in page at once.
      onBreak: () => void cache.invalidateQueries({ queryKey: keys.session }),
      onRights: () => void cache.invalidateQueries({ queryKey: keys.organisation(org) }),
      onGap: () => void cache.invalidateQueries({ queryKey: keys.organisation(org) }),
      onChange: (change) => {
        for (const listener of listeners.current) listener(change);
        gathered.push(change);
        timer ??= window.setTimeout(flush, gather_ms);
      },
    });
    return () => {
      window.clearTimeout(timer);
      close();
    };
  }, [cache, org]);

  const live = useMemo<Live>(
    () => ({
      state,
      listen: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [state],
  );
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

export function useConnectionState(): ConnectionState {
  return useContext(LiveContext)?.state ?? 'connecting';
}

/** Calls `listener` for each change the person may see. Caches are already kept in step without it. */
export function useEvents(listener: ChangeListener): void {
  const listen = useContext(LiveContext)?.listen;
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => listen?.((change) => latest.current(change)), [listen]);
}
