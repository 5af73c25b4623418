import { useEffect } from 'react';
import { allCommands } from './commands';
import type { Command } from './commands';

/** How long the second stroke of "g t" may take. */
const sequence_ms = 900;

/** Listens to the keyboard for every registered command. Used once, by the shell. */
export function useCommandKeys(): void {
  useEffect(() => {
    let first_stroke: string | null = null;
    let timer: number | undefined;
    const handleKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const stroke = strokeOf(event);
      const wanted = first_stroke === null ? stroke : `${first_stroke} ${stroke}`;
      const candidates = allCommands().filter((command) => isHeard(command, event.target));
      const command = candidates.find((each) => each.keys === wanted) ?? candidates.find((each) => each.keys === stroke);
      first_stroke = null;
      window.clearTimeout(timer);
      if (command) {
        event.preventDefault();
        command.run();
      } else if (candidates.some((each) => each.keys?.startsWith(`${stroke} `))) {
        first_stroke = stroke;
        timer = window.setTimeout(() => (first_stroke = null), sequence_ms);
      }
    };
    window.addEventListener('keydown', handleKeyDown);
    return () => window.removeEventListener('keydown', handleKeyDown);
  }, []);
}

function strokeOf(event: KeyboardEvent): string {
  const is_sign = event.key.length === 1;
  const is_letter = is_sign && event.key.toLowerCase() !== event.key.toUpperCase();
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  if (event.shiftKey && (!is_sign || is_letter)) parts.push('shift');
  return [...parts, event.key.toLowerCase()].join('+');
}

function isHeard(command: Command, target: EventTarget | null): boolean {
  if (command.keys === undefined) return false;
  if (command.works_in_inputs) return true;
  if (!(target instanceof HTMLElement)) return true;
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null) return false;
  // Enter on what has the focus belongs to that.
  if (command.keys === 'enter' && target.closest('a, button, input, [role="tab"]') !== null) return false;
  return !target.isContentEditable && !/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || isTick(target);
}

function isTick(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type);
}
