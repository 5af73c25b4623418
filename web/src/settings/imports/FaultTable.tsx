import { useText } from '@/i18n';
import { Section, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { MoreButton } from '../MoreButton';
import { usePages } from '../usePages';
import classes from './Imports.module.css';
import type { ImportData, ImportFault } from './import_types';
import { useImportFieldLabel } from './useImportFieldLabel';
import { useReasonText } from './useReport';

/** The rows that were refused, or would be: where, why, and what stood there. */
export function FaultTable({ data }: { data: ImportData }) {
  const { t } = useText();
  const reasonText = useReasonText();
  const labelOf = useImportFieldLabel(data);
  const pages = usePages<'faults', ImportFault>(`imports/${data.id}/faults`, 'faults', { started: data.started_at });
  const columns: SimpleColumn<ImportFault>[] = [
    { name: 'line', label: t('lists.import.line'), width: 80, show: ({ line }) => line },
    { name: 'field', label: t('lists.import.field'), width: 160, show: ({ field }) => (field === '' ? '' : labelOf(field)) },
    {
      name: 'reason', label: t('lists.import.reason'),
      show: reasonText,
    },
    { name: 'value', label: t('lists.import.value'), show: ({ value }) => <span className={classes.samples}>{value}</span> },
  ];
  return (
    <Section title={t('lists.import.refused_rows')}>
      <p className={classes.help}>{t('lists.import.refused_help')}</p>
      <SimpleTable label={t('lists.import.refused_rows')} columns={columns} rows={pages.rows} keyOf={({ line, field, code }) => `${line} ${field} ${code}`} />
      <MoreButton pages={pages} />
    </Section>
  );
}
