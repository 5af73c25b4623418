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
  // What the role may not see, it may not see the next time either; nor is there what is not there, where there is another way to go.
  const is_settled = refusal.kind === 'forbidden' || (action !== undefined && refusal.kind === 'not_found');
  const may_retry = onRetry !== undefined && !is_settled;
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
