import { useSyncExternalStore } from 'react';

// Which of the shell's own windows is open. Commands, menus and buttons all open them.

export type ShellWindow = 'palette' | 'shortcuts' | null;

let open_window: ShellWindow = null;
const listeners = new Set<() => void>();

export function showShellWindow(next: ShellWindow): void {
  open_window = next;
  for (const listener of listeners) listener();
}

export function openShortcuts(): void {
  showShellWindow('shortcuts');
}

export function openPalette(): void {
  showShellWindow('palette');
}

export function useShellWindow(): ShellWindow {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open_window,
  );
}
