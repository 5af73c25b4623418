import { Button, Menu, Modal, Stack, Text } from '@mantine/core';
import { IconCode, IconForms, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMeta } from '@/api';
import { useText } from '@/i18n';
import { Badge, CopyValue, EmptyState, RowMenu, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useSettingsQuery } from '../useSettings';
import { WebFormDialog } from './WebFormDialog';
import { scriptOf, snippetOf } from './channel_types';
import type { WebForm, WebForms } from './channel_types';
import { DeleteRow, EditRow } from '../RowActs';
import { useDelete } from '../useDelete';

/** The forms that visitors of sites fill in. */
export function WebFormsPage() {
  const { t } = useText();
  const { departments } = useMeta();
  const forms = useSettingsQuery<WebForms>('web_forms');
  const deleteAt = useDelete('web_forms');
  const [edited, setEdited] = useState<WebForm | 'new' | null>(null);
  const [embedded, setEmbedded] = useState<WebForm | null>(null);
  const handleDelete = (form: WebForm) => deleteAt(`web_forms/${form.id}`, { title: t('settings.web_forms.delete_title', { name: form.name }), body: t('settings.web_forms.delete_help') });
  const columns: SimpleColumn<WebForm>[] = [
    {
      name: 'name', label: t('settings.web_forms.name'),
      show: (form) => (
        <span className={classes.nameWords}>
          <span className={classes.nameMain}>{form.name}</span>
          <span className={classes.nameMore}>{form.title}</span>
        </span>
      ),
    },
    {
      name: 'department', label: t('settings.web_forms.department'), width: 170,
      show: (form) => departments.find((each) => each.id === form.department)?.name ?? '',
    },
    {
      name: 'state', label: t('settings.email.state'), width: 110,
      show: (form) => <Badge tone={form.is_enabled ? 'good' : 'neutral'}>{t(form.is_enabled ? 'settings.web_forms.on' : 'settings.web_forms.off')}</Badge>,
    },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (form) => (
        <RowMenu label={t('settings.acts_for', { name: form.name })}>
          <Menu.Item leftSection={<IconCode size={15} />} onClick={() => setEmbedded(form)}>{t('settings.web_forms.embed')}</Menu.Item>
          <EditRow onClick={() => setEdited(form)} />
          <DeleteRow onClick={() => void handleDelete(form)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="web_forms"
      query={forms}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('settings.web_forms.add')}</Button>}
    >
      {(data) => (
        <>
          {data.web_forms.length === 0
            ? <EmptyState icon={<IconForms size={22} />} title={t('settings.web_forms.empty')}>{t('settings.web_forms.empty_help')}</EmptyState>
            : <SimpleTable label={t('settings.web_forms.title')} columns={columns} rows={data.web_forms} keyOf={(form) => form.id} />}
          {edited !== null && (
            <WebFormDialog form={edited === 'new' ? null : edited} ticket_fields={data.ticket_fields} onClose={() => setEdited(null)} />
          )}
          {embedded !== null && <EmbedDialog form={embedded} onClose={() => setEmbedded(null)} />}
        </>
      )}
    </SettingsPage>
  );
}

function EmbedDialog({ form, onClose }: { form: WebForm; onClose: () => void }) {
  const { t } = useText();
  return (
    <Modal opened onClose={onClose} title={form.name} size="lg" closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <Stack gap="md">
        <div>
          <Text fw={600} size="sm">{t('settings.web_forms.address')}</Text>
          <CopyValue value={form.address} label={t('settings.web_forms.address')} />
        </div>
        <div>
          <Text fw={600} size="sm">{t('settings.web_forms.script')}</Text>
          <Text size="sm" c="var(--text-dim)">{t('settings.web_forms.script_help')}</Text>
          <CopyValue value={scriptOf(form)} label={t('settings.web_forms.script')} />
        </div>
        <div>
          <Text fw={600} size="sm">{t('settings.web_forms.snippet')}</Text>
          <CopyValue value={snippetOf(form)} label={t('settings.web_forms.snippet')} />
        </div>
        <iframe className={classes.preview} src={new URL(form.address).pathname} title={t('settings.web_forms.preview')} />
      </Stack>
    </Modal>
  );
}
