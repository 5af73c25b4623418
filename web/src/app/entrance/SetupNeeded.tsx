import { Button, Stack } from '@mantine/core';
import { useSessionQuery } from '@/api';
import { useText } from '@/i18n';
import { CopyValue } from '@/ui';
import classes from './Entrance.module.css';
import { EntranceFrame } from './EntranceFrame';

const setup_command = 'tandem setup --company "Acme" --name "Ada Byron" --email ada@example.com';

/** Nobody can sign in yet: how the first company is made. */
export function SetupNeeded() {
  const { t } = useText();
  const session = useSessionQuery();
  return (
    <EntranceFrame title={t('entrance.setup_title')} lead={t('entrance.setup_lead')}>
      <Stack gap="md">
        <p className={classes.step}>{t('entrance.setup_command')}</p>
        <CopyValue value={setup_command} label={t('entrance.setup_title')} />
        <p className={classes.step}>{t('entrance.setup_then')}</p>
        <p className={classes.step} data-tone="dim">{t('entrance.setup_try')}</p>
        <Button size="md" fullWidth loading={session.isFetching} onClick={() => void session.refetch()}>{t('entrance.setup_done')}</Button>
      </Stack>
    </EntranceFrame>
  );
}
