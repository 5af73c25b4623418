import { Tooltip } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { spanWords } from './due';
import classes from './common.module.css';

interface PausedTimeProps {
  minutes: number;
  /** A list has room for the time alone; who hears or points at it learns the rest. */
  look: 'words' | 'short';
}

/** The time that is left once a ticket on hold goes on. */
export function PausedTime({ minutes, look }: PausedTimeProps) {
  const { t } = useText();
  const { locale } = useFormat();
  const span = spanWords(minutes * 60_000, locale);
  const words = t('desk.paused', { span });
  return (
    <Tooltip label={words} disabled={look === 'words'}>
      <span className={classes.paused}>
        <IconPlayerPause size={13} aria-hidden="true" />
        {look === 'words' ? words : <><span aria-hidden="true">{span}</span><span className="visually-hidden">{words}</span></>}
      </span>
    </Tooltip>
  );
}
