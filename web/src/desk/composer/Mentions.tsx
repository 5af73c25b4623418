import { useQuery } from '@tanstack/react-query';
import type { Editor } from '@tiptap/react';
import { useEffect, useId, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { keys, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { Avatar } from '@/ui';
import { findColleagues, typedMention } from './mentions';
import type { Colleague } from './mentions';
import classes from './Mentions.module.css';

interface MentionsProps {
  /** Its colleagues are offered. */
  ticket: string;
  editor: Editor | null;
  children: ReactNode;
}

interface Typed {
  text: string;
  /** Where the @ stands. */
  from: number;
  to: number;
  /** Where the list stands: below the @, or above it where no room is left. */
  place: { left: number; top?: number; bottom?: number };
}

const list_width_px = 210;
const list_height_px = 250;
const edge_px = 12;

/** Offers colleagues while somebody types @ and a name; arrows choose, Enter takes, Escape leaves the text as it is. */
export function Mentions({ ticket, editor, children }: MentionsProps) {
  const { t } = useText();
  const org = useOrganisation();
  const menu = useId();
  const typed = useTyped(editor);
  const [left_at, setLeftAt] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const is_asked = typed !== null && typed.from !== left_at;
  const found = useQuery({
    queryKey: [...keys.record(org, 'tickets', ticket), 'mentionable', typed?.text],
    queryFn: () => findColleagues(org, ticket, typed?.text ?? ''),
    enabled: is_asked,
    staleTime: 60_000,
  });
  const people = is_asked ? (found.data ?? []) : [];
  const is_open = people.length > 0;
  const at = Math.min(chosen, people.length - 1);
  useActiveOption(editor, menu, is_open ? at : null);
  const take = (colleague: Colleague) => {
    if (editor === null || typed === null) return;
    editor.chain().focus().deleteRange({ from: typed.from, to: typed.to })
      .insertContent([{ type: 'text', text: `@${colleague.name}`, marks: [{ type: 'bold' }] }, { type: 'text', text: ' ' }])
      .unsetBold().run();
    setChosen(0);
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    const person = people[at];
    if (!is_open || person === undefined || typed === null || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown') setChosen((at + 1) % people.length);
    else if (event.key === 'ArrowUp') setChosen((at + people.length - 1) % people.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(person);
    else if (event.key === 'Escape') setLeftAt(typed.from);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div onKeyDownCapture={handleKeyDown}>
      {children}
      {is_open && typed !== null && (
        <div className={classes.menu} id={menu} role="listbox" aria-label={t('desk.comment.colleagues')} style={typed.place}>
          {people.map((person, index) => (
            <div
              key={person.id} id={`${menu}-${index}`} className={classes.option} role="option" aria-selected={index === at}
              // The text keeps the focus.
              onMouseDown={(event) => {
                event.preventDefault();
                take(person);
              }}
            >
              <Avatar name={person.name} />{person.name}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** What is being typed after an @, and where on the screen. */
function useTyped(editor: Editor | null): Typed | null {
  const [typed, setTyped] = useState<Typed | null>(null);
  useEffect(() => {
    if (editor === null) return;
    const look = () => setTyped(editor.isFocused ? typedIn(editor) : null);
    editor.on('transaction', look);
    editor.on('blur', look);
    return () => {
      editor.off('transaction', look);
      editor.off('blur', look);
    };
  }, [editor]);
  return typed;
}

function typedIn(editor: Editor): Typed | null {
  const { $from, empty } = editor.state.selection;
  if (!empty) return null;
  const text = typedMention($from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc'));
  if (text === null) return null;
  const from = $from.pos - text.length - 1;
  return { text, from, to: $from.pos, place: placeAt(editor.view.coordsAtPos(from)) };
}

function placeAt(at: { left: number; top: number; bottom: number }): Typed['place'] {
  const left = Math.max(edge_px, Math.min(at.left, window.innerWidth - list_width_px - edge_px));
  const has_room_below = window.innerHeight - at.bottom > list_height_px;
  return has_room_below ? { left, top: at.bottom + 4 } : { left, bottom: window.innerHeight - at.top + 4 };
}

/** Tells who hears the screen which of the offered people is chosen. */
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
