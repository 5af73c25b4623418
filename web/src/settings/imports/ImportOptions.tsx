import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMeta } from '@/api';
import { useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { Section } from '@/ui';
import classes from './Imports.module.css';
import type { ImportData, ImportSettings } from './import_types';
import { useImportFieldLabel } from './useImportFieldLabel';
import { useWordInApp } from './useWordInApp';

interface ImportOptionsProps {
  data: ImportData;
  is_locked: boolean;
  onChange: (changes: Partial<ImportSettings>) => void;
}

/** How the file is read, and what happens to rows whose record is there already. */
export function ImportOptions({ data, is_locked, onChange }: ImportOptionsProps) {
  const { t } = useText();
  const labelOf = useImportFieldLabel(data);
  const inApp = useWordInApp();
  const { settings } = data;
  const known_by = data.match_fields.filter((name) => settings.columns.includes(name));
  const words = (group: string, names: string[]) => names.map((value) => ({ value, label: t(`lists.import.${group}_${value}`) }));
  const choice = (label: string, value: string, options: { value: string; label: string }[], name: keyof ImportSettings) => (
    <Select label={label} disabled={is_locked} allowDeselect={false} data={options} value={value} onChange={(next) => next !== null && next !== value && onChange({ [name]: next })} />
  );
  const missing = data.fields.filter(({ name, required }) => required && !settings.columns.includes(name) && !(name === 'last_name' && settings.columns.includes('full_name')));
  return (
    <Section title={t('lists.import.options')}>
      <div className={classes.options}>
        {choice(t('lists.import.encoding'), settings.encoding, data.encodings.map((value) => ({ value, label: t(`lists.import.encoding_${value.replaceAll('-', '_')}`) })), 'encoding')}
        {choice(t('lists.separator'), settings.separator, [
          { value: ',', label: t('lists.comma') }, { value: ';', label: t('lists.semicolon') }, { value: '\t', label: t('lists.tab') }, { value: '|', label: t('lists.bar') },
        ], 'separator')}
        {choice(t('lists.import.dates'), settings.dates, words('dates', ['year_first', 'day_first', 'month_first']), 'dates')}
        {choice(t('lists.import.match'), settings.match, [{ value: '', label: t('lists.import.match_none') }, ...known_by.map((value) => ({ value, label: labelOf(value) }))], 'match')}
        {settings.match !== '' && choice(t('lists.import.on_match'), settings.on_match, words('on_match', ['update', 'skip', 'refuse']), 'on_match')}
        {settings.match !== '' && choice(t('lists.import.on_new'), settings.on_new, words('on_new', ['add', 'skip']), 'on_new')}
        {data.customers.length > 0 && choice(t(inApp('lists.import.on_missing')), settings.on_missing, words('on_missing', ['refuse', 'add']), 'on_missing')}
        {missing.map(({ name }) => (
          <AbsentInput
            key={name}
            label={t('lists.import.absent', { field: labelOf(name) })}
            name={name}
            is_locked={is_locked}
            value={settings.absent[name] ?? ''}
            onChange={(value) => onChange({ absent: { ...settings.absent, [name]: value } })}
          />
        ))}
      </div>
    </Section>
  );
}

interface AbsentInputProps {
  label: string;
  name: string;
  is_locked: boolean;
  value: string;
  onChange: (value: string) => void;
}

/** What every row gets where the file has no column for a field that must be given. */
function AbsentInput({ label, name, is_locked, value, onChange }: AbsentInputProps) {
  const { departments, pipelines } = useMeta();
  const stageLabel = useStageLabel();
  const [typed, setTyped] = useState(value);
  const choices: Record<string, { value: string; label: string }[]> = {
    department: departments.filter((each) => each.is_enabled).map((each) => ({ value: each.id, label: each.name })),
    stage: [...new Map(pipelines.flatMap(({ stages }) => stages).map((each) => [each.id, each.name]))].map(([id, stage]) => ({ value: id, label: stageLabel(stage) })),
  };
  const options = choices[name];
  if (options !== undefined) {
    return <Select label={label} disabled={is_locked} withAsterisk data={options} value={value === '' ? null : value} onChange={(id) => onChange(id ?? '')} />;
  }
  return (
    <TextInput label={label} disabled={is_locked} withAsterisk value={typed} onChange={(event) => setTyped(event.currentTarget.value)} onBlur={() => typed !== value && onChange(typed)} />
  );
}
