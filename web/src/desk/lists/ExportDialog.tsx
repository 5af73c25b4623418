import { Checkbox, Radio, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { address, download, useModule, useOrganisation } from '@/api';
import { useFieldLabel, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import type { Column, ListQuery } from '@/records';
import { FormDialog } from '@/ui';
import { allColumns, shownColumns } from './export_columns';

interface ExportDialogProps {
  module: string;
  query: ListQuery;
  /** The columns that are shown. */
  columns: Column[];
  onClose: () => void;
}

/** Keeps a list as a file for spreadsheets. */
export function ExportDialog({ module: name, query, columns, onClose }: ExportDialogProps) {
  const { t } = useText();
  const org = useOrganisation();
  const module = useModule(name);
  const moduleLabel = useModuleLabel();
  const fieldLabel = useFieldLabel();
  const [extent, setExtent] = useState('shown');
  const [separator, setSeparator] = useState(',');
  const [has_mark, setMark] = useState(true);
  const handleSubmit = () => {
    const stamps = ['created_at', 'updated_at'].map((field) => ({ field, label: t(`field.any.${field}`) }));
    const all = allColumns(module, (field) => fieldLabel(name, field), stamps);
    const { view, department, words, filter, sort } = query;
    const path = address(`/desk/${org}/${name}/export`, { view, department, words, filter, sort });
    const body = { columns: extent === 'all' ? all : shownColumns(columns), separator, byte_order_mark: has_mark };
    return download('POST', path, `${name}-${new Date().toISOString().slice(0, 10)}.csv`, body);
  };
  return (
    <FormDialog title={t('lists.export_title', { module: moduleLabel(module) })} is_open submit_label={t('lists.export_submit')} onClose={onClose} onSubmit={handleSubmit}>
      {(faultOf) => (
        <>
          <Radio.Group label={t('lists.export_columns')} value={extent} onChange={setExtent} error={faultOf('columns')}>
            <Stack gap={8} mt={6}>
              <Radio value="shown" label={t('lists.export_shown')} data-autofocus />
              <Radio value="all" label={t('lists.export_all')} />
            </Stack>
          </Radio.Group>
          <Select
            label={t('lists.separator')}
            allowDeselect={false}
            data={[
              { value: ',', label: t('lists.comma') }, { value: ';', label: t('lists.semicolon') }, { value: '\t', label: t('lists.tab') },
            ]}
            value={separator}
            onChange={(value) => setSeparator(value ?? ',')}
            error={faultOf('separator')}
          />
          <Checkbox label={t('lists.byte_order_mark')} description={t('lists.byte_order_mark_help')} checked={has_mark} onChange={(event) => setMark(event.currentTarget.checked)} />
        </>
      )}
    </FormDialog>
  );
}
