import { useCallback, useEffect, useRef, useState } from 'react';

/** So long after the last stroke somebody still counts as writing. */
const recent_ms = 60_000;

/** Whether something was noted within the last minute. */
export function useRecently() {
  const [is_recent, setRecent] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  const forget = useCallback(() => {
    window.clearTimeout(timer.current);
    setRecent(false);
  }, []);
  const note = useCallback(() => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setRecent(false), recent_ms);
    setRecent(true);
  }, []);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return { is_recent, note, forget };
}
