import { appOf, homeOf } from './home';
import type { Change } from './types';

export type ConnectionState = 'connecting' | 'live' | 'reconnecting';

/** In CRM and Bigin, events are meetings. */
const stream = { desk: 'events', crm: 'changes', bigin: 'changes' };
const first_retry_ms = 500;
const longest_retry_ms = 15_000;

interface Listeners {
  onChange: (change: Change) => void;
  /** I may see or do other things from now on. */
  onRights: () => void;
  onState: (state: ConnectionState) => void;
  /** The stream ended or could not be opened: the session may be over. It does not say why. */
  onBreak: () => void;
  /** The stream came back after a gap: what was missed is unknown. */
  onGap: () => void;
}

/** Keeps one event stream of an organisation open, for ever trying again. Returns the way to close it. */
export function openEvents(org: string, listeners: Listeners): () => void {
  let source: EventSource | null = null;
  let timer: number | undefined;
  let retry_ms = first_retry_ms;
  let was_live = false;
  let is_closed = false;

  const connect = () => {
    if (is_closed) return;
    source = new EventSource(`/native${homeOf(org)}/${stream[appOf(org)]}`);
    source.addEventListener('hello', () => {
      retry_ms = first_retry_ms;
      listeners.onState('live');
      if (was_live) listeners.onGap();
      was_live = true;
    });
    source.addEventListener('change', (event: MessageEvent<string>) => {
      listeners.onChange(JSON.parse(event.data) as Change);
    });
    source.addEventListener('rights', listeners.onRights);
    source.onerror = () => {
      source?.close();
      if (is_closed) return;
      listeners.onState('reconnecting');
      listeners.onBreak();
      timer = window.setTimeout(connect, retry_ms);
      retry_ms = Math.min(retry_ms * 2, longest_retry_ms);
    };
  };
  const retryNow = () => {
    if (source?.readyState === EventSource.OPEN) return;
    window.clearTimeout(timer);
    source?.close();
    connect();
  };

  listeners.onState('connecting');
  connect();
  window.addEventListener('online', retryNow);
  return () => {
    is_closed = true;
    window.clearTimeout(timer);
    window.removeEventListener('online', retryNow);
    source?.close();
  };
}
