import { Button, Title } from '@mantine/core';
import { remove } from '@/api';
import type { OAuthToken } from '@/api';
import { useText } from '@/i18n';
import { RelativeTime, SimpleTable, useConfirm } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';

/** Who may act in my name, and the way to end it. */
export function TokenList() {
  const { t } = useText();
  const tokens = useSettingsQuery<{ tokens: OAuthToken[] }>('oauth_tokens').data?.tokens ?? [];
  const write = useSettingsWrite('oauth_tokens');
  const act = useAct();
  const confirm = useConfirm();
  if (tokens.length === 0) return null;
  const handleEnd = async (token: OAuthToken) => {
    const is_sure = await confirm({
      title: t('settings.api.end_title', { name: token.client_name }), body: t('settings.api.end_help'), confirm: t('settings.api.end'),
    });
    if (is_sure) await act(() => write((base) => remove(`${base}/oauth_tokens/${token.id}`)));
  };
  const columns: SimpleColumn<OAuthToken>[] = [
    { name: 'client', label: t('settings.api.name'), width: 180, show: (token) => <span className={classes.nameMain}>{token.client_name}</span> },
    { name: 'scopes', label: t('settings.api.scopes'), show: (token) => <span className={classes.dim}>{token.scopes.join(', ')}</span> },
    {
      name: 'used', label: t('settings.api.last_used'), width: 140,
      show: (token) => <span className={classes.dim}>{token.last_used_at === null ? t('settings.users.never') : <RelativeTime at={token.last_used_at} />}</span>,
    },
    { name: 'acts', label: '', kind: 'acts', width: 90, show: (token) => <Button size="compact-sm" variant="default" onClick={() => void handleEnd(token)}>{t('settings.api.end')}</Button> },
  ];
  return (
    <>
      <Title order={2} mt="xl" mb="sm">{t('settings.api.tokens')}</Title>
      <SimpleTable label={t('settings.api.tokens')} columns={columns} rows={tokens} keyOf={(token) => token.id} />
    </>
  );
}
