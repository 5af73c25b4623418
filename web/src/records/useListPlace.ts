import { useMemo } from 'react';
import { useLocation } from 'react-router';

/** How far each list of this tab was scrolled, the oldest forgotten first. */
const places = new Map<string, number>();
const places_max = 50;

interface ListPlace {
  note: (top_pixels: number) => void;
  recall: () => number;
}

/** Where a list stood when it was left, so that coming back finds it there. A list is its address and its name. */
export function useListPlace(label: string): ListPlace {
  const { pathname, search } = useLocation();
  const key = `${pathname}${search} ${label}`;
  return useMemo(() => ({ note: (top_pixels) => notePlace(key, top_pixels), recall: () => recallPlace(key) }), [key]);
}

export function notePlace(key: string, top_pixels: number): void {
  places.delete(key);
  places.set(key, top_pixels);
  const oldest = places.keys().next();
  if (places.size > places_max && oldest.value !== undefined) places.delete(oldest.value);
}

export function recallPlace(key: string): number {
  return places.get(key) ?? 0;
}
