import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** Leads to the first input that was refused, which may be out of sight in a long form. Put the ref on the form. */
export function useFaultFocus(refused: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refused === null) return;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: 'center' });
  }, [refused]);
  return form;
}
