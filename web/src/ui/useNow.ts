import { useSyncExternalStore } from 'react';

const tick_ms = 30_000;
const listeners = new Set<() => void>();
let now = new Date();
let timer: number | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    now = new Date();
    for (const each of listeners) each();
  }, tick_ms);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

/** The present moment, one clock for the whole page, moving every half minute. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}
