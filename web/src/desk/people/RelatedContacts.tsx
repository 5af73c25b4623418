import { Button } from '@mantine/core';
import { IconAddressBook, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { condition, useMay, useModule, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { useFieldLabel, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { fieldColumn, RecordFormDialog, RecordTable, useCreateRecord, useRecords } from '@/records';
import { EmptyState } from '@/ui';
import { contactColumns } from './list_columns';
import classes from './People.module.css';

const columns_shown = ['name', 'email', 'phone', 'job_title'];

/** The people of an account. */
export function RelatedContacts({ account }: { account: RecordData }) {
  const { t } = useText();
  const org = useOrganisation();
  const module = useModule('contacts');
  const fieldLabel = useFieldLabel();
  const moduleLabel = useModuleLabel();
  const may_create = useMay('create', 'contacts');
  const create = useCreateRecord('contacts');
  const [sort, setSort] = useState<string | null>(null);
  const [is_creating, setCreating] = useState(false);
  const query = useMemo(() => ({ filter: condition('account', 'is', account.id), sort }), [account.id, sort]);
  const list = useRecords('contacts', query);
  const columns = useMemo(() => {
    const all = module.fields.map((field) => fieldColumn(module, field, fieldLabel('contacts', field)));
    return contactColumns(all, t('desk.name')).filter((column) => columns_shown.includes(column.name));
  }, [module, fieldLabel, t]);
  const title = t('records.new', { module: moduleLabel(module, 'one') });
  return (
    <div className={classes.withBar}>
      {may_create && (
        <div className={classes.bar}><Button variant="default" size="compact-md" leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>{title}</Button></div>
      )}
      <div className={classes.list}>
        <RecordTable
          label={t('desk.contacts')}
          list={list}
          columns={columns}
          hrefOf={(record) => `/desk/${org}/contacts/${record.id}`}
          sort={sort}
          onSort={setSort}
          empty={<EmptyState icon={<IconAddressBook size={22} />} title={t('desk.no_contacts')} />}
        />
      </div>
      <RecordFormDialog
        module={module}
        title={title}
        values={{ account: { id: account.id, title: account.title } }}
        is_open={is_creating}
        submit_label={t('ui.create')}
        onClose={() => setCreating(false)}
        onSubmit={async (values) => {
          await create.mutateAsync(values);
          list.reload();
        }}
      />
    </div>
  );
}
