import { Tooltip } from '@mantine/core';
import { useConnectionState } from '@/api';
import { useText } from '@/i18n';
import classes from './Connection.module.css';

/** Whether what is on the screen follows what happens elsewhere. */
export function Connection() {
  const { t } = useText();
  const state = useConnectionState();
  return (
    <Tooltip label={t(`app.connection_${state}_help`)}>
      <div className={classes.state} data-state={state} role="status">
        <span className={classes.dot} aria-hidden="true" />
        <span className={classes.words}>{t(`app.connection_${state}`)}</span>
      </div>
    </Tooltip>
  );
}
