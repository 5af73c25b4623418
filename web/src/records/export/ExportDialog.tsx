import { Checkbox, MultiSelect, Radio, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { address, download, homeOf, useModule, useOrganisation } from '@/api';
import { useFieldLabel, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import type { Column } from '../columns';
import type { ListQuery } from '../useRecords';
import { allColumns, chosenColumns, columnChoices, shownColumns } from './export_columns';

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
  const stamps = ['created_at', 'updated_at'].map((field) => ({ field, label: t(`field.any.${field}`) }));
  const all = allColumns(module, (field) => fieldLabel(name, field), stamps);
  const shown = shownColumns(columns, all);
  const [names, setNames] = useState(shown.map((each) => each.field));
  const handleSubmit = () => {
    const of_extent = extent === 'all' ? all : extent === 'shown' ? shown : chosenColumns(names, shown, all);
    const { view, department, words, filter, sort } = query;
    const path = address(`${homeOf(org)}/${name}/export`, { view, department, words, filter, sort });
    const body = { columns: of_extent, separator, byte_order_mark: has_mark };
    return download('POST', path, `${name}-${new Date().toISOString().slice(0, 10)}.csv`, body);
  };
  return (
    <FormDialog title={t('lists.export_title', { module: moduleLabel(module, 'within') })} is_open submit_label={t('lists.export_submit')} onClose={onClose} onSubmit={handleSubmit}>
      {(faultOf) => (
        <>
          <Radio.Group label={t('lists.export_columns')} value={extent} onChange={setExtent} error={faultOf('columns')}>
            <Stack gap={8} mt={6}>
              <Radio value="shown" label={t('lists.export_shown')} data-autofocus />
              <Radio value="all" label={t('lists.export_all')} />
              <Radio value="chosen" label={t('lists.export_chosen')} />
            </Stack>
          </Radio.Group>
          {extent === 'chosen' && (
            <MultiSelect
              label={t('lists.export_which')}
              data={columnChoices(shown, all).map((each) => ({ value: each.field, label: each.label }))}
              value={names}
              onChange={setNames}
              searchable
            />
          )}
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
