import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { toRefusal } from '@/api';
import { useRefusalText } from './useRefusalText';
import classes from './States.module.css';

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
}

/** What happened and what to do next, in place of what could not be shown. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useText();
  const refusalText = useRefusalText();
  const refusal = toRefusal(error);
  return (
    <div className={classes.state} role="alert">
      <div className={classes.icon} data-tone="bad" aria-hidden="true"><IconAlertTriangle size={22} /></div>
      <p className={classes.title}>{t(`ui.error.title_${refusal.kind}`)}</p>
      <p className={classes.words}>{refusalText(refusal)}</p>
      {onRetry !== undefined && (
        <div className={classes.action}>
          <Button variant="default" onClick={onRetry}>{t('ui.error.retry')}</Button>
        </div>
      )}
    </div>
  );
}
