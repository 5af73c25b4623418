import { Alert, Button, Menu } from '@mantine/core';
import { IconKey, IconPhone, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { post, useMeta } from '@/api';
import { useText } from '@/i18n';
import { Badge, CopyValue, EmptyState, RowMenu, SimpleTable, useConfirm } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { PhoneLineDialog } from './PhoneLineDialog';
import type { PhoneLine } from './channel_types';
import { DeleteRow, EditRow } from '../RowActs';
import { useDelete } from '../useDelete';

/** The telephone systems that tell of calls. */
export function TelephonePage() {
  const { t } = useText();
  const { departments } = useMeta();
  const lines = useSettingsQuery<{ phone_lines: PhoneLine[] }>('phone_lines');
  const write = useSettingsWrite('phone_lines');
  const deleteAt = useDelete('phone_lines');
  const act = useAct();
  const confirm = useConfirm();
  const [edited, setEdited] = useState<PhoneLine | 'new' | null>(null);
  const [shown, setShown] = useState<{ name: string; secret: string } | null>(null);
  const handleRenew = async (line: PhoneLine) => {
    const is_sure = await confirm({ title: t('settings.telephone.renew'), body: t('settings.telephone.renew_help'), confirm: t('settings.telephone.renew') });
    if (!is_sure) return;
    await act(async () => {
      const renewed = await write((base) => post<{ secret: string }>(`${base}/phone_lines/${line.id}/secret`));
      setShown({ name: line.name, secret: renewed.secret });
    });
  };
  const handleDelete = (line: PhoneLine) => deleteAt(`phone_lines/${line.id}`, { title: t('settings.telephone.delete_title', { name: line.name }), body: t('settings.telephone.delete_help') });
  const columns: SimpleColumn<PhoneLine>[] = [
    {
      name: 'name', label: t('settings.telephone.name'),
      show: (line) => (
        <span className={classes.nameWords}>
          <span className={classes.nameMain}>{line.name}</span>
          <span className={classes.nameMore}><CopyValue value={line.address} label={t('settings.telephone.address')} /></span>
        </span>
      ),
    },
    {
      name: 'department', label: t('settings.telephone.department'), width: 170,
      show: (line) => departments.find((each) => each.id === line.department)?.name ?? '',
    },
    {
      name: 'state', label: t('settings.email.state'), width: 90,
      show: (line) => <Badge tone={line.is_enabled ? 'good' : 'neutral'}>{t(line.is_enabled ? 'settings.telephone.on' : 'settings.telephone.off')}</Badge>,
    },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (line) => (
        <RowMenu label={t('settings.acts_for', { name: line.name })}>
          <EditRow onClick={() => setEdited(line)} />
          <Menu.Item leftSection={<IconKey size={15} />} onClick={() => void handleRenew(line)}>{t('settings.telephone.renew')}</Menu.Item>
          <DeleteRow onClick={() => void handleDelete(line)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="telephone"
      query={lines}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('settings.telephone.add')}</Button>}
    >
      {(data) => (
        <>
          {shown !== null && (
            <Alert
              mb="md" role="status" title={t('settings.telephone.secret_title', { name: shown.name })} withCloseButton
              closeButtonLabel={t('ui.close')} onClose={() => setShown(null)}
            >
              <div>{t('settings.telephone.secret_help')}</div>
              <CopyValue value={shown.secret} label={t('settings.telephone.secret')} />
            </Alert>
          )}
          {data.phone_lines.length === 0
            ? <EmptyState icon={<IconPhone size={22} />} title={t('settings.telephone.empty')}>{t('settings.telephone.empty_help')}</EmptyState>
            : <SimpleTable label={t('settings.telephone.title')} columns={columns} rows={data.phone_lines} keyOf={(line) => line.id} />}
          {edited !== null && (
            <PhoneLineDialog
              line={edited === 'new' ? null : edited}
              onClose={() => setEdited(null)}
              onSecret={(name, secret) => setShown({ name, secret })}
            />
          )}
        </>
      )}
    </SettingsPage>
  );
}
