import { Select } from '@mantine/core';
import { useText } from '@/i18n';
import { Section, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from './Imports.module.css';
import type { ImportData } from './import_types';
import { useImportFieldLabel } from './useImportFieldLabel';

interface ColumnTableProps {
  data: ImportData;
  is_locked: boolean;
  onChange: (columns: string[]) => void;
}

/** The columns of the file, each with what it means and what stands in it. */
export function ColumnTable({ data, is_locked, onChange }: ColumnTableProps) {
  const { t } = useText();
  const labelOf = useImportFieldLabel(data);
  const headings = data.headings ?? [];
  const options = [{ value: '', label: t('lists.import.left_out') }, ...data.fields.map(({ name, required }) => ({ value: name, label: required ? `${labelOf(name)} *` : labelOf(name) }))];
  const choose = (place: number, name: string) => {
    // A field is one column's alone: choosing it here takes it from the other.
    onChange(headings.map((_, at) => (at === place ? name : data.settings.columns[at] === name ? '' : (data.settings.columns[at] ?? ''))));
  };
  const rows = headings.map((heading, place) => ({ heading, place }));
  const columns: SimpleColumn<{ heading: string; place: number }>[] = [
    { name: 'heading', label: t('lists.import.column'), show: ({ heading }) => <strong>{heading === '' ? '–' : heading}</strong> },
    {
      name: 'samples', label: t('lists.import.samples'),
      show: ({ place }) => <span className={classes.samples}>{(data.rows ?? []).map((row) => row[place] ?? '').filter((cell) => cell !== '').slice(0, 3).join(' · ')}</span>,
    },
    {
      name: 'field', label: t('lists.import.means'), width: 240,
      show: ({ heading, place }) => (
        <Select
          aria-label={t('lists.import.means_of', { column: heading })}
          disabled={is_locked}
          searchable
          allowDeselect={false}
          data={options}
          value={data.settings.columns[place] ?? ''}
          onChange={(name) => choose(place, name ?? '')}
        />
      ),
    },
  ];
  return (
    <Section title={t('lists.import.columns')}>
      <p className={classes.help}>{t('lists.import.columns_help')}</p>
      <SimpleTable label={t('lists.import.columns')} columns={columns} rows={rows} keyOf={({ place }) => String(place)} />
    </Section>
  );
}
