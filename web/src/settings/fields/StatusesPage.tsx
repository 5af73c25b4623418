import { Button, Menu, Select, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { findField, patch, post, useModule } from '@/api';
import type { Status, StatusType } from '@/api';
import { useChoiceLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog, RowMenu, SimpleTable, StatusBadge } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { DeleteRow, EditRow } from '../RowActs';
import { useDelete } from '../useDelete';

const types: StatusType[] = ['open', 'on_hold', 'closed'];

/** The statuses a ticket can have, in the order of the menus. */
export function StatusesPage() {
  const { t } = useText();
  const statuses = useSettingsQuery<{ statuses: Status[] }>('statuses');
  const write = useSettingsWrite('statuses');
  const deleteAt = useDelete('statuses');
  const act = useAct();
  const field = findField(useModule('tickets'), 'status');
  const choiceLabel = useChoiceLabel();
  const labelOf = (status: Status) => (field ? choiceLabel('tickets', field, status) : status.label);
  const [edited, setEdited] = useState<Status | 'new' | null>(null);
  const handleMove = (status: Status, position: number) =>
    act(() => write((base) => patch(`${base}/statuses/${status.name}`, { position })));
  const handleDelete = (status: Status) => deleteAt(`statuses/${status.name}`, { title: t('settings.statuses.delete_title', { label: labelOf(status) }), body: t('settings.statuses.delete_help') });
  const columns = (all: Status[]): SimpleColumn<Status>[] => [
    { name: 'label', label: t('settings.statuses.label'), show: (status) => <StatusBadge label={labelOf(status)} type={status.type} /> },
    { name: 'type', label: t('settings.statuses.type'), show: (status) => t(`settings.statuses.type_${status.type}`) },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (status) => {
        const at = all.indexOf(status);
        return (
          <RowMenu label={t('settings.acts_for', { name: labelOf(status) })}>
            <EditRow onClick={() => setEdited(status)} />
            {at > 0 && <Menu.Item leftSection={<IconArrowUp size={15} />} onClick={() => void handleMove(status, at - 1)}>{t('settings.statuses.move_up')}</Menu.Item>}
            {at < all.length - 1 && <Menu.Item leftSection={<IconArrowDown size={15} />} onClick={() => void handleMove(status, at + 1)}>{t('settings.statuses.move_down')}</Menu.Item>}
            {!status.is_system && <DeleteRow onClick={() => void handleDelete(status)} />}
          </RowMenu>
        );
      },
    },
  ];
  return (
    <SettingsPage
      name="statuses"
      query={statuses}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('settings.statuses.add')}</Button>}
    >
      {(data) => (
        <>
          <SimpleTable label={t('settings.statuses.title')} columns={columns(data.statuses)} rows={data.statuses} keyOf={(status) => status.name} />
          {edited !== null && <StatusDialog status={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
        </>
      )}
    </SettingsPage>
  );
}

function StatusDialog({ status, onClose }: { status: Status | null; onClose: () => void }) {
  const { t } = useText();
  const write = useSettingsWrite('statuses');
  const [label, setLabel] = useState(status?.label ?? '');
  const [type, setType] = useState<StatusType>(status?.type ?? 'open');
  const send = () =>
    write((base) =>
      status === null ? post(`${base}/statuses`, { label, type }) : patch(`${base}/statuses/${status.name}`, { label, type }),
    );
  return (
    <FormDialog
      title={status === null ? t('settings.statuses.add') : status.label} submit_label={status === null ? t('ui.create') : t('ui.save')}
      size="sm" is_open required={{ label }} onClose={onClose} onSubmit={send}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('settings.statuses.label')} withAsterisk data-autofocus maxLength={60} value={label}
            error={faultOf('label') ?? faultOf('name')} onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <Select
            label={t('settings.statuses.type')} allowDeselect={false} disabled={status?.is_system} value={type} error={faultOf('type')}
            data={types.map((each) => ({ value: each, label: t(`settings.statuses.type_${each}`) }))}
            onChange={(word) => setType(types.find((each) => each === word) ?? 'open')}
          />
        </>
      )}
    </FormDialog>
  );
}
