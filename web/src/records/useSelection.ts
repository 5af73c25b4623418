import { useCallback, useMemo, useState } from 'react';

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** All of these, or none when all are chosen already. */
  toggleAll: (ids: string[]) => void;
  /** From the row touched last to this one. */
  extendTo: (id: string, order: string[]) => void;
  /** Drops what is not among these: it has left the list, or is done. */
  keepOnly: (present: string[]) => void;
  clear: () => void;
}

/** Which rows of a list are chosen. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | null>(null);
  const toggle = useCallback((id: string) => {
    setLast(id);
    setIds((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const toggleAll = useCallback((all: string[]) => {
    setIds((before) => (all.every((id) => before.has(id)) ? new Set() : new Set(all)));
  }, []);
  const extendTo = useCallback(
    (id: string, order: string[]) => {
      const from = last === null ? -1 : order.indexOf(last);
      const to = order.indexOf(id);
      if (from === -1 || to === -1) return toggle(id);
      const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
      setIds((before) => new Set([...before, ...between]));
    },
    [last, toggle],
  );
  const keepOnly = useCallback((present: string[]) => {
    setIds((before) => {
      const after = present.filter((id) => before.has(id));
      return after.length === before.size ? before : new Set(after);
    });
  }, []);
  const clear = useCallback(() => setIds(new Set()), []);
  return useMemo(() => ({ ids, toggle, toggleAll, extendTo, keepOnly, clear }), [ids, toggle, toggleAll, extendTo, keepOnly, clear]);
}
