import { IconPlayerPause } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { spanWords } from './due';
import classes from './common.module.css';

/** The time that is left once a ticket on hold goes on. */
export function PausedTime({ minutes }: { minutes: number }) {
  const { t } = useText();
  const { locale } = useFormat();
  return (
    <span className={classes.paused}>
      <IconPlayerPause size={13} aria-hidden="true" />
      {t('desk.paused', { span: spanWords(minutes * 60_000, locale) })}
    </span>
  );
}
