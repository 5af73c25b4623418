import { useState } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';

const steps: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** A chart is one stop of the Tab key; arrows, Home and End go from one of its links to the next. */
export function useArrowKeys() {
  const [active, setActive] = useState(0);
  const linksOf = (place: HTMLElement) => [...place.querySelectorAll('a')];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const links = linksOf(event.currentTarget);
    const at = links.findIndex((link) => link === document.activeElement);
    const step = steps[event.key];
    let next = -1;
    if (event.key === 'Home') next = 0;
    else if (event.key === 'End') next = links.length - 1;
    else if (step !== undefined) next = at + step;
    const link = links[next];
    if (link === undefined) return;
    event.preventDefault();
    link.focus();
  };
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const at = linksOf(event.currentTarget).findIndex((link) => link === event.target);
    if (at !== -1) setActive(at);
  };
  return { active, onKeyDown, onFocus };
}
