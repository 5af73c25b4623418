import { Button, Menu } from '@mantine/core';
import { IconPencil, IconPlus, IconUnlink } from '@tabler/icons-react';
import { useState } from 'react';
import { homeOf, useModule, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { FieldValue, useFieldLabel, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { RecordTable } from '@/records';
import type { Column } from '@/records';
import { EmptyState, RowMenu, useConfirm, useToast } from '@/ui';
import { noneWord } from '../list/none_word';
import { useSalesColumns } from '../list/sales_columns';
import { sales_modules } from '../sales_modules';
import { JoinDialog } from './JoinDialog';
import { saidField, useJoinLabel } from './joined';
import type { JoinedList } from './joined';
import classes from './Record.module.css';
import { useJoined, useJoinWrites } from './useJoined';
import type { Joined } from './useJoined';

/** Beside the properties, what is said of each and the acts of a row there is room for so many. */
const columns_max = 3;
const said_width = 170;
const usual_sort = 'title';

interface JoinedPanelProps {
  record: RecordData;
  join: JoinedList;
}

/** The records that belong to this one, many with many: more are added, and taken away again. */
export function JoinedPanel({ record, join }: JoinedPanelProps) {
  const { t } = useText();
  const org = useOrganisation();
  const confirm = useConfirm();
  const toast = useToast();
  const module = useModule(join.of);
  const label = useJoinLabel()(join);
  const one = useModuleLabel()(module, 'one');
  const fieldLabel = useFieldLabel();
  const look = sales_modules[join.of];
  const [sort, setSort] = useState<string>(look.sort ?? usual_sort);
  const list = useJoined(record, join, sort);
  const columns = useJoinedColumns(join, list);
  const writes = useJoinWrites(record, join);
  const [opened, setOpened] = useState<RecordData | 'new' | null>(null);
  const said_field = saidField(join);
  /** The list is changed with the record that holds the others: this one, or each of those. */
  const mayChange = (other: RecordData) => join.may_change && (join.holder === record.module ? record : other).may.includes('update');
  const may_add = join.may_change && (join.holder !== record.module || record.may.includes('update'));
  const handleRemove = async (other: RecordData) => {
    const words = { title: other.title, from: record.title };
    if (!(await confirm({ title: t('crm.joined.remove_title', words), body: t('crm.joined.remove_help', words), confirm: t('crm.joined.remove') }))) return;
    await writes.part(other.id).then(() => toast.done(t('crm.joined.removed', words)), toast.refused);
  };
  const add_button = may_add && (
    <Button variant="default" leftSection={<IconPlus size={15} />} onClick={() => setOpened('new')}>{t('crm.joined.add', { module: one })}</Button>
  );
  const acts = (other: RecordData) => mayChange(other) && (
    <RowMenu label={t('settings.acts_for', { name: other.title })}>
      {said_field && (
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setOpened(other)}>{t('records.edit_field', { field: fieldLabel(join.holder, said_field) })}</Menu.Item>
      )}
      <Menu.Item leftSection={<IconUnlink size={15} />} onClick={() => void handleRemove(other)}>{t('crm.joined.remove')}</Menu.Item>
    </RowMenu>
  );
  const Sign = look.icon;
  return (
    <div className={classes.withBar}>
      {list.records.length > 0 && add_button && <div className={classes.bar}>{add_button}</div>}
      <div className={classes.list}>
        <RecordTable
          label={label}
          list={list}
          columns={columns}
          acts={join.may_change ? acts : undefined}
          hrefOf={(other) => `${homeOf(org)}/${join.of}/${other.id}`}
          sort={sort}
          onSort={setSort}
          empty={<EmptyState icon={<Sign size={22} />} title={t(`crm.none.${noneWord(org, join.of)}`)} action={add_button}>{t('crm.joined.none_help')}</EmptyState>}
        />
      </div>
      {opened !== null && (
        <JoinDialog
          record={record} join={join} other={opened === 'new' ? null : opened} said={opened === 'new' ? null : list.saidOf(opened)} onClose={() => setOpened(null)}
        />
      )}
    </div>
  );
}

/** The name, what is said of each, and the first of what the list of the module shows. */
function useJoinedColumns(join: JoinedList, list: Joined): Column[] {
  const fieldLabel = useFieldLabel();
  const columns = useSalesColumns(join.of);
  const [name, ...others] = sales_modules[join.of].columns.slice(0, columns_max).flatMap((each) => columns.find((column) => column.name === each) ?? []);
  const field = saidField(join);
  if (field === null || name === undefined) return name === undefined ? [] : [name, ...others];
  const said: Column = {
    name: field.name, label: fieldLabel(join.holder, field), width: said_width, isEmpty: (other) => list.saidOf(other) === null,
    show: (other) => <FieldValue module={join.holder} field={field} value={list.saidOf(other)} />,
  };
  return [name, said, ...others];
}
