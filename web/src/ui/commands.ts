// One register for the palette, the keyboard and the list of shortcuts: an act is described once.

import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';

export interface Command {
  id: string;
  label: string;
  /** A heading in the palette and in the list of shortcuts. */
  group: string;
  icon?: ReactNode;
  /** "c", "g t" (one after the other), "mod+enter", "shift+a". */
  keys?: string;
  /** Also works while typing in an input. */
  works_in_inputs?: boolean;
  /** Only the keyboard and the shortcuts list know it. */
  hidden_in_palette?: boolean;
  run: () => void;
}

let registered: { owner: symbol; commands: Command[] }[] = [];
let flat: Command[] = [];
const listeners = new Set<() => void>();

function publish(next: typeof registered): void {
  registered = next;
  const by_id = new Map<string, Command>();
  for (const { commands } of registered) for (const command of commands) by_id.set(command.id, command);
  flat = [...by_id.values()];
  for (const listener of listeners) listener();
}

/** Every command that can be given now, the newest of an id winning. */
export function allCommands(): Command[] {
  return flat;
}

export function useAllCommands(): Command[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, allCommands);
}

/** Offers commands as long as the component is shown. Their `run` may change from render to render. */
export function useCommands(commands: Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shape = commands.map(({ id, label, keys }) => `${id}\t${label}\t${keys ?? ''}`).join('\n');
  useEffect(() => {
    const owner = Symbol('commands');
    const stable = latest.current.map((command) => ({
      ...command,
      run: () => latest.current.find((each) => each.id === command.id)?.run(),
    }));
    publish([...registered, { owner, commands: stable }]);
    return () => publish(registered.filter((each) => each.owner !== owner));
  }, [shape]);
}
