import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';

interface KeepPlace {
  count: number;
  has_older: boolean;
  fetchOlder: () => void;
}

/** So near to the end counts as reading the end. */
const end_px = 60;
const older_px = 240;

/**
 * Starts at the end and stays there while frames grow and messages come. Who reads further up stays where they
 * are: what is added above pushes nothing.
 */
export function useKeepPlace({ count, has_older, fetchOlder }: KeepPlace) {
  const scroll = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const is_at_end = useRef(true);
  const from_end = useRef(0);

  const handleScroll = useCallback(() => {
    const box = scroll.current;
    if (!box) return;
    from_end.current = box.scrollHeight - box.scrollTop;
    is_at_end.current = from_end.current - box.clientHeight < end_px;
    if (has_older && box.scrollTop < older_px && box.scrollHeight > box.clientHeight) fetchOlder();
  }, [has_older, fetchOlder]);

  useLayoutEffect(() => {
    const box = scroll.current;
    if (!box) return;
    if (is_at_end.current) box.scrollTop = box.scrollHeight;
    else if (box.scrollTop < older_px) box.scrollTop = box.scrollHeight - from_end.current;
  }, [count]);

  useEffect(() => {
    const box = scroll.current;
    const inside = content.current;
    if (!box || !inside) return undefined;
    const observer = new ResizeObserver(() => {
      if (is_at_end.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(inside);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return { scroll, content, handleScroll };
}
