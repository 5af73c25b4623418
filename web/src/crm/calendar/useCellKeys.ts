import { useState } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';

interface Cells {
  columns: number;
  /** The cell that the Tab key finds first. */
  first: number;
}

/** Cells side by side are one stop of the Tab key; the arrows go from one to the next. */
export function useCellKeys({ columns, first }: Cells) {
  const [active, setActive] = useState<number | null>(null);
  const placeOf = (target: EventTarget) => (target instanceof HTMLElement ? Number(target.dataset.cell ?? Number.NaN) : Number.NaN);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const from = placeOf(event.target);
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (Number.isNaN(from) || step === undefined) return;
    const next = event.currentTarget.querySelector<HTMLElement>(`[data-cell="${from + step}"]`);
    if (next === null) return;
    event.preventDefault();
    next.focus();
  };
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    if (!Number.isNaN(place)) setActive(place);
  };
  return {
    group: { onKeyDown, onFocus },
    cell: (place: number) => ({ 'data-cell': place, tabIndex: place === (active ?? first) ? 0 : -1 }),
  };
}
