import { Button } from '@mantine/core';
import { IconForms, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { appOf, homeOf, useOrganisation } from '@/api';
import type { CustomField } from '@/api';
import { modules_with_pages } from '@/fields';
import { useText } from '@/i18n';
import { Badge, EmptyState, RowMenu, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { ModuleChoice } from '../ModuleChoice';
import { SettingsPage } from '../SettingsPage';
import { useSettingsQuery } from '../useSettings';
import { FieldDialog } from './FieldDialog';
import { DeleteRow, EditRow } from '../RowActs';
import { useDelete } from '../useDelete';

/** The fields that the organisation has added to a module. */
export function FieldsPage() {
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const offered = modules_with_pages[appOf(org)];
  const module = useParams().module ?? offered[0] ?? '';
  const fields = useSettingsQuery<{ fields: CustomField[] }>(`fields/${module}`);
  const deleteAt = useDelete(`fields/${module}`);
  const [edited, setEdited] = useState<CustomField | 'new' | null>(null);
  const handleDelete = (field: CustomField) => deleteAt(`fields/${module}/${field.name}`, { title: t('settings.fields.delete_title', { label: field.label }), body: t('settings.fields.delete_help') });
  const columns: SimpleColumn<CustomField>[] = [
    {
      name: 'label', label: t('settings.fields.label'),
      show: (field) => (
        <span className={classes.nameWords}>
          <span className={classes.nameMain}>{field.label}</span>
          <span className={classes.nameMore}>{field.name}</span>
        </span>
      ),
    },
    { name: 'kind', label: t('settings.fields.kind'), width: 170, show: (field) => t(`kind.${field.kind}`) },
    {
      name: 'traits', label: t('settings.fields.traits'),
      show: (field) => (
        <span className={classes.name}>
          {field.required && <Badge>{t('settings.fields.required')}</Badge>}
          {field.unique && <Badge>{t('settings.fields.unique')}</Badge>}
          {field.searchable && <Badge>{t('settings.fields.searchable')}</Badge>}
        </span>
      ),
    },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (field) => (
        <RowMenu label={t('settings.acts_for', { name: field.label })}>
          <EditRow onClick={() => setEdited(field)} />
          <DeleteRow onClick={() => void handleDelete(field)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="fields"
      query={fields}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('settings.fields.add')}</Button>}
    >
      {(data) => (
        <>
          <ModuleChoice mb="md" offered={offered} value={module} onChange={(name) => void navigate(`${homeOf(org)}/settings/fields/${name}`)} />
          {data.fields.length === 0
            ? <EmptyState icon={<IconForms size={22} />} title={t('settings.fields.empty')}>{t('settings.fields.empty_help')}</EmptyState>
            : <SimpleTable label={t('settings.fields.title')} columns={columns} rows={data.fields} keyOf={(field) => field.name} />}
          {edited !== null && (
            <FieldDialog module={module} field={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
          )}
        </>
      )}
    </SettingsPage>
  );
}
