// What a browser keeps for one tab (`tab`) or for all that show this address (`browser`). A full or forbidden memory
// loses what was to be kept, and never a screen: nothing here throws.

export type Memory = 'tab' | 'browser';

/** Reaching for a forbidden store throws already. */
function storeOf(memory: Memory): Storage {
  return memory === 'tab' ? window.sessionStorage : window.localStorage;
}

/** What was kept under a name; null when nothing was, or nothing may be read. */
export function recall(memory: Memory, name: string): string | null {
  try {
    return storeOf(memory).getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a text under a name; null forgets it. */
export function keep(memory: Memory, name: string, text: string | null): void {
  try {
    if (text === null) storeOf(memory).removeItem(name);
    else storeOf(memory).setItem(name, text);
  } catch {
    // It is not there the next time, which every reader must bear anyway.
  }
}

/** JSON that was kept; null when there is none that can be read. */
export function recallJson(memory: Memory, name: string): unknown {
  try {
    return JSON.parse(recall(memory, name) ?? 'null');
  } catch {
    return null;
  }
}
