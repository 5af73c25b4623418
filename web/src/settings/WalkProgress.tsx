import { Progress } from '@mantine/core';
import { useEffect } from 'react';
import type { OpenTicketWalk } from '@/api';
import { useText } from '@/i18n';
import classes from './Settings.module.css';

interface WalkProgressProps {
  walk: OpenTicketWalk | null;
  /** Asks again how far it is. */
  onLook: () => void;
}

const look_ms = 2_000;
const percent = 100;

/** How far the work on all open tickets is that follows a change. */
export function WalkProgress({ walk, onLook }: WalkProgressProps) {
  const { t } = useText();
  const is_going = walk !== null && walk.finished_at === null;
  useEffect(() => {
    if (!is_going) return;
    const timer = setInterval(onLook, look_ms);
    return () => clearInterval(timer);
  }, [is_going, onLook]);
  if (walk === null) return null;
  const numbers = { looked_at: walk.looked_at, expected: Math.max(walk.expected, walk.looked_at), changed: walk.changed };
  return (
    <div className={classes.walk}>
      {is_going && <Progress size="sm" value={(percent * walk.looked_at) / Math.max(1, numbers.expected)} aria-label={t('timed_rules.walk_runs', numbers)} />}
      <p role="status">{t(is_going ? 'timed_rules.walk_runs' : 'timed_rules.walk_done', numbers)}</p>
    </div>
  );
}
