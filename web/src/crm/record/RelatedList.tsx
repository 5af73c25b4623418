import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { condition, homeOf, useMay, useModule, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { RecordTable, useRecords } from '@/records';
import { EmptyState } from '@/ui';
import { noneWord } from '../list/none_word';
import { useSalesColumns } from '../list/sales_columns';
import { sales_modules } from '../sales_modules';
import { NewRecordDialog } from './NewRecordDialog';
import classes from './Record.module.css';
import type { Relation } from './related';

/** Beside the properties there is room for so many. */
const columns_max = 5;

interface RelatedListProps {
  relation: Relation;
  record: RecordData;
}

/** The records that name this one, and a way to add another. */
export function RelatedList({ relation: { module: name, field }, record }: RelatedListProps) {
  const { t } = useText();
  const org = useOrganisation();
  const module = useModule(name);
  const moduleLabel = useModuleLabel();
  const may_create = useMay('create', name);
  const look = sales_modules[name];
  const [sort, setSort] = useState<string | null>(look.sort);
  const [is_creating, setCreating] = useState(false);
  const query = useMemo(() => ({ filter: condition(field, 'is', record.id), sort }), [field, record.id, sort]);
  const list = useRecords(name, query);
  const columns = useSalesColumns(name);
  const wanted = look.columns.filter((each) => each !== field).slice(0, columns_max);
  const shown = wanted.flatMap((each) => columns.find((column) => column.name === each) ?? []);
  const title = t('records.new', { module: moduleLabel(module, 'one') });
  const new_button = may_create && <Button variant="default" leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>{title}</Button>;
  const Sign = look.icon;
  return (
    <div className={classes.withBar}>
      {list.records.length > 0 && new_button && <div className={classes.bar}>{new_button}</div>}
      <div className={classes.list}>
        <RecordTable
          label={moduleLabel(module)}
          list={list}
          columns={shown}
          hrefOf={(each) => `${homeOf(org)}/${name}/${each.id}`}
          sort={sort}
          onSort={setSort}
          empty={<EmptyState icon={<Sign size={22} />} title={t(`crm.none.${noneWord(org, name)}`)} action={new_button} />}
        />
      </div>
      <NewRecordDialog
        module={name}
        values={valuesFrom(record, field)}
        is_open={is_creating}
        onClose={() => setCreating(false)}
        onCreated={() => list.reload()}
      />
    </div>
  );
}

/** A new record begins with this one, and with the firm that this one belongs to. */
export function valuesFrom(record: RecordData, field: string): Record<string, unknown> {
  const values: Record<string, unknown> = { [field]: { id: record.id, title: record.title } };
  for (const also of ['account', 'contact']) if (also !== field && record[also] !== undefined && record[also] !== null) values[also] = record[also];
  return values;
}
