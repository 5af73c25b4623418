import { ActionIcon, Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useText } from '@/i18n';
import { stopwatchWords } from './duration';
import classes from './Time.module.css';
import type { TicketTime } from './useTicketTime';

interface StopwatchProps {
  timer: TicketTime['timer'];
  /** When the server said so. */
  seen_at: number;
  is_changing: boolean;
  onStart: () => void;
  onPause: () => void;
  onStop: (seconds: number) => void;
  onDrop: () => void;
}

/** A stopwatch that the server keeps: it goes on while nobody looks at it. */
export function Stopwatch({ timer, seen_at, is_changing, onStart, onPause, onStop, onDrop }: StopwatchProps) {
  const { t } = useText();
  const is_running = timer?.is_running === true;
  const now = useSecondsClock(is_running);
  if (timer === null)
    return <Button variant="default" size="compact-sm" leftSection={<IconPlayerPlay size={14} />} loading={is_changing} onClick={onStart}>{t('time.start')}</Button>;
  const seconds = timer.seconds + (is_running ? Math.max(0, Math.floor((now - seen_at) / 1_000)) : 0);
  return (
    <div className={classes.watch} role="group" aria-label={t('time.stopwatch')}>
      <span className={classes.clock} role="timer" data-running={is_running || undefined}>{stopwatchWords(seconds)}</span>
      {is_running
        ? <ActionIcon variant="default" aria-label={t('time.pause')} disabled={is_changing} onClick={onPause}><IconPlayerPause size={15} /></ActionIcon>
        : <ActionIcon variant="default" aria-label={t('time.go_on')} disabled={is_changing} onClick={onStart}><IconPlayerPlay size={15} /></ActionIcon>}
      <ActionIcon variant="default" aria-label={t('time.stop')} disabled={is_changing} onClick={() => onStop(Math.max(1, seconds))}><IconPlayerStop size={15} /></ActionIcon>
      <ActionIcon variant="subtle" aria-label={t('time.drop')} disabled={is_changing} onClick={onDrop}><IconX size={15} /></ActionIcon>
    </div>
  );
}

function useSecondsClock(is_running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!is_running) return undefined;
    const clock = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(clock);
  }, [is_running]);
  return now;
}
