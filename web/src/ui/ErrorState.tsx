import { Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '@/i18n';
import { toRefusal } from '@/api';
import { useRefusalText } from './useRefusalText';
import classes from './States.module.css';

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  /** A way elsewhere, beside trying again. */
  action?: ReactNode;
}

/** What happened and what to do next, in place of what could not be shown. */
export function ErrorState({ error, onRetry, action }: ErrorStateProps) {
  const { t } = useText();
  const refusalText = useRefusalText();
  const refusal = toRefusal(error);
  // What is not there is not there the next time either, where there is another way to go.
  const may_retry = onRetry !== undefined && !(action !== undefined && refusal.kind === 'not_found');
  // With a way elsewhere it stands alone on the screen, and is its heading.
  const Title = action === undefined ? 'p' : 'h1';
  return (
    <div className={classes.state} role="alert">
      <div className={classes.icon} data-tone="bad" aria-hidden="true"><IconAlertTriangle size={22} /></div>
      <Title className={classes.title}>{t(`ui.error.title_${refusal.kind}`)}</Title>
      <p className={classes.words}>{refusalText(refusal)}</p>
      {(may_retry || action !== undefined) && (
        <Group className={classes.action} gap="xs" justify="center">
          {may_retry && <Button variant="default" onClick={onRetry}>{t('ui.error.retry')}</Button>}
          {action}
        </Group>
      )}
    </div>
  );
}
