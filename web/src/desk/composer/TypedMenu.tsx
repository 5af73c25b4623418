import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Editor } from '@tiptap/react';
import { useEffect, useId, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import classes from './TypedMenu.module.css';

export interface TypedRange {
  from: number;
  to: number;
}

interface TypedMenuProps<T extends { id: string }> {
  label: string;
  editor: Editor | null;
  /** What is being typed behind the sign that asks: the whole of it stands at the end of `before`. Null when nothing is asked for. */
  typedIn: (before: string) => string | null;
  /** Names what `find` finds for a text. */
  keyOf: (text: string) => unknown[];
  find: (text: string) => Promise<T[]>;
  show: (found: T) => ReactNode;
  /** `typed` is the sign and what stands behind it. */
  onTake: (found: T, typed: TypedRange) => void;
  children: ReactNode;
}

interface Typed extends TypedRange {
  text: string;
  /** Where the list stands: below the sign, or above it where no room is left. */
  place: { left: number; top?: number; bottom?: number };
}

const list_width_px = 210;
const list_height_px = 250;
const edge_px = 12;

/** Offers what fits a sign and the text behind it while it is typed; arrows choose, Enter takes, Escape leaves the text as it is. */
export function TypedMenu<T extends { id: string }>({ label, editor, typedIn, keyOf, find, show, onTake, children }: TypedMenuProps<T>) {
  const menu = useId();
  const cache = useQueryClient();
  const typed = useTyped(editor, typedIn);
  const [left_at, setLeftAt] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const is_asked = typed !== null && typed.from !== left_at;
  const found_by = (text: string) => queryOptions({ queryKey: keyOf(text), queryFn: () => find(text), staleTime: 60_000 });
  const query = useQuery({ ...found_by(typed?.text ?? ''), enabled: is_asked });
  const found = is_asked ? (query.data ?? []) : [];
  const is_open = found.length > 0;
  const at = Math.min(chosen, found.length - 1);
  useActiveOption(editor, menu, is_open ? at : null);
  const take = (one: T) => {
    if (editor === null || typed === null) return;
    onTake(one, { from: typed.from, to: typed.to });
    setChosen(0);
  };
  // Who types fast presses Enter before the list is there: the first that fits is taken, or the line ends as it would have.
  const takeFirst = async (editor: Editor, asked: Typed) => {
    const [first] = await cache.ensureQueryData(found_by(asked.text)).catch((): T[] => []);
    const now = typedAtCursor(editor, typedIn);
    if (first === undefined) editor.commands.keyboardShortcut('Enter');
    else if (now?.from === asked.from && now.text === asked.text) onTake(first, { from: asked.from, to: asked.to });
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (editor === null || event.ctrlKey || event.metaKey) return;
    // What is typed may be newer than what is shown.
    const now = typedAtCursor(editor, typedIn);
    const is_early = now !== null && now.from !== left_at && (now.text !== typed?.text || query.isPending);
    const one = found[at];
    if (is_early && event.key === 'Enter' && !event.shiftKey) void takeFirst(editor, now);
    else if (!is_open || one === undefined || typed === null) return;
    else if (event.key === 'ArrowDown') setChosen((at + 1) % found.length);
    else if (event.key === 'ArrowUp') setChosen((at + found.length - 1) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(one);
    else if (event.key === 'Escape') setLeftAt(typed.from);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div onKeyDownCapture={handleKeyDown}>
      {children}
      {is_open && typed !== null && (
        <div className={classes.menu} id={menu} role="listbox" aria-label={label} style={typed.place}>
          {found.map((one, index) => (
            <div
              key={one.id} id={`${menu}-${index}`} className={classes.option} role="option" aria-selected={index === at}
              // The text keeps the focus.
              onMouseDown={(event) => {
                event.preventDefault();
                take(one);
              }}
            >
              {show(one)}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** What is being typed behind the sign, and where on the screen. */
function useTyped(editor: Editor | null, typedIn: (before: string) => string | null): Typed | null {
  const [typed, setTyped] = useState<Typed | null>(null);
  useEffect(() => {
    if (editor === null) return;
    const look = () => setTyped(editor.isFocused ? typedAtCursor(editor, typedIn) : null);
    editor.on('transaction', look);
    editor.on('blur', look);
    return () => {
      editor.off('transaction', look);
      editor.off('blur', look);
    };
  }, [editor, typedIn]);
  return typed;
}

function typedAtCursor(editor: Editor, typedIn: (before: string) => string | null): Typed | null {
  const { $from, empty } = editor.state.selection;
  if (!empty) return null;
  const text = typedIn($from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc'));
  if (text === null) return null;
  const from = $from.pos - text.length - 1;
  return { text, from, to: $from.pos, place: placeAt(editor.view.coordsAtPos(from)) };
}

function placeAt(at: { left: number; top: number; bottom: number }): Typed['place'] {
  const left = Math.max(edge_px, Math.min(at.left, window.innerWidth - list_width_px - edge_px));
  const has_room_below = window.innerHeight - at.bottom > list_height_px;
  return has_room_below ? { left, top: at.bottom + 4 } : { left, bottom: window.innerHeight - at.top + 4 };
}

/** Tells who hears the screen which of the offered is chosen. */
function useActiveOption(editor: Editor | null, menu: string, at: number | null) {
  useEffect(() => {
    if (editor === null || editor.isDestroyed) return;
    const text = editor.view.dom;
    if (at === null) {
      text.removeAttribute('aria-activedescendant');
      text.removeAttribute('aria-controls');
    } else {
      text.setAttribute('aria-activedescendant', `${menu}-${at}`);
      text.setAttribute('aria-controls', menu);
      document.getElementById(`${menu}-${at}`)?.scrollIntoView({ block: 'nearest' });
    }
  }, [editor, menu, at]);
}
