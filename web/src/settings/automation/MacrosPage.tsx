import { Button, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { patch, post, useMeta } from '@/api';
import type { Macro } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, FormDialog, RowMenu, SimpleTable, useFormat } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { ActionRows } from './ActionRows';
import { actionRow, newAction } from './automation_form';
import { FormPart } from '../FormPart';
import { DeleteRow, EditRow } from '../RowActs';
import { useDelete } from '../useDelete';

const name_chars_max = 100;

/** My macros and everybody's. */
export function MacrosPage() {
  const { t } = useText();
  const macros = useSettingsQuery<{ macros: Macro[] }>('macros');
  const deleteAt = useDelete('macros');
  const { series } = useFormat();
  const [edited, setEdited] = useState<Macro | 'new' | null>(null);
  const handleDelete = (macro: Macro) => deleteAt(`macros/${macro.id}`, { title: t('automation.delete_macro', { name: macro.name }), body: t('automation.delete_macro_help') });
  const columns: SimpleColumn<Macro>[] = [
    { name: 'name', label: t('automation.name'), show: (macro) => <span className={classes.nameMain}>{macro.name}</span> },
    { name: 'actions', label: t('automation.actions'), show: (macro) => series(macro.actions.map((action) => t(`automation.do.${action.do}`))) },
    { name: 'whose', label: t('automation.for_whom'), show: (macro) => t(macro.is_shared ? 'automation.for_everybody' : 'automation.for_me') },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (macro) => macro.may_change && (
        <RowMenu label={t('settings.acts_for', { name: macro.name })}>
          <EditRow onClick={() => setEdited(macro)} />
          <DeleteRow onClick={() => void handleDelete(macro)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="macros" query={macros}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('automation.add_macro')}</Button>}
    >
      {(data) => (
        <>
          {data.macros.length === 0
            ? <EmptyState title={t('automation.no_macros')}>{t('automation.no_macros_help')}</EmptyState>
            : <SimpleTable label={t('settings.macros.title')} columns={columns} rows={data.macros} keyOf={(macro) => macro.id} />}
          {edited !== null && <MacroDialog macro={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
        </>
      )}
    </SettingsPage>
  );
}

function MacroDialog({ macro, onClose }: { macro: Macro | null; onClose: () => void }) {
  const { t } = useText();
  const may_share = useMeta().me.may.includes('manage_organisation');
  const write = useSettingsWrite('macros');
  const [name, setName] = useState(macro?.name ?? '');
  const [is_shared, setShared] = useState(macro?.is_shared ?? false);
  const [rows, setRows] = useState(() => (macro?.actions ?? [newAction('set_field')]).map(actionRow));
  const send = () => {
    const body = { name, is_shared, actions: rows.map((row) => row.action) };
    return write((base) => (macro === null ? post(`${base}/macros`, body) : patch(`${base}/macros/${macro.id}`, body)));
  };
  return (
    <FormDialog
      title={macro === null ? t('automation.add_macro') : macro.name} submit_label={macro === null ? t('ui.create') : t('ui.save')}
      size="xl" is_open required={{ name }} onClose={onClose} onSubmit={send}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('automation.name')} withAsterisk data-autofocus maxLength={name_chars_max} value={name} error={faultOf('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {may_share && <Switch label={t('automation.share_macro')} checked={is_shared} onChange={(event) => setShared(event.currentTarget.checked)} />}
          <FormPart title={t('automation.actions')} help={t('automation.macro_help')} fault={faultOf('actions')}>
            <ActionRows rows={rows} of="macro" onChange={setRows} />
          </FormPart>
        </>
      )}
    </FormDialog>
  );
}
