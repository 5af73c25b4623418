import { Button, Menu } from '@mantine/core';
import { IconApi, IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { OAuthClient } from '@/api';
import { useText } from '@/i18n';
import { Badge, CopyValue, EmptyState, RelativeTime, RowMenu, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useSettingsQuery } from '../useSettings';
import { ClientDialog } from './ClientDialog';
import { CodeDialog } from './CodeDialog';
import { SecretDialog } from './SecretDialog';
import { TokenList } from './TokenList';
import { DeleteRow } from '../RowActs';
import { useDelete } from '../useDelete';

/** The programs that may speak to the APIs, and who may act for me. */
export function ApiPage() {
  const { t } = useText();
  const clients = useSettingsQuery<{ clients: OAuthClient[] }>('oauth_clients');
  const deleteAt = useDelete('oauth_clients', 'oauth_tokens');
  const [is_adding, setAdding] = useState(false);
  const [made, setMade] = useState<OAuthClient | null>(null);
  const [coded, setCoded] = useState<OAuthClient | null>(null);
  const handleDelete = (client: OAuthClient) => deleteAt(`oauth_clients/${client.id}`, { title: t('settings.api.delete_title', { name: client.name }), body: t('settings.api.delete_help') });
  const columns: SimpleColumn<OAuthClient>[] = [
    { name: 'name', label: t('settings.api.name'), show: (client) => <span className={classes.nameMain}>{client.name}</span> },
    { name: 'kind', label: t('settings.api.kind'), width: 150, show: (client) => <Badge>{t(`settings.api.kind_${client.kind}`)}</Badge> },
    { name: 'client_id', label: t('settings.api.client_id'), show: (client) => <CopyValue value={client.client_id} label={t('settings.api.client_id')} /> },
    { name: 'created', label: t('settings.api.created'), width: 120, show: (client) => <RelativeTime at={client.created_at} className={classes.dim} /> },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (client) => (
        <RowMenu label={t('settings.acts_for', { name: client.name })}>
          {client.kind === 'self' && <Menu.Item leftSection={<IconKey size={15} />} onClick={() => setCoded(client)}>{t('settings.api.make_code')}</Menu.Item>}
          <DeleteRow onClick={() => void handleDelete(client)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="api"
      query={clients}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>{t('settings.api.add')}</Button>}
    >
      {(data) => (
        <>
          {data.clients.length === 0
            ? <EmptyState icon={<IconApi size={22} />} title={t('settings.api.empty')}>{t('settings.api.empty_help')}</EmptyState>
            : <SimpleTable label={t('settings.api.clients')} columns={columns} rows={data.clients} keyOf={(client) => client.id} />}
          <TokenList />
          {is_adding && <ClientDialog onClose={() => setAdding(false)} onMade={setMade} />}
          {made !== null && <SecretDialog client={made} onClose={() => setMade(null)} />}
          {coded !== null && <CodeDialog client={coded} onClose={() => setCoded(null)} />}
        </>
      )}
    </SettingsPage>
  );
}
