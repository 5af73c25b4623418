import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useText } from '@/i18n';
import { useMeta } from '@/api';
import { inputProps } from '../input_props';
import type { FieldEditProps } from '../field_parts';
import { asLinked, linkedId } from '../values';
import { useLinkChoices } from './useLinkChoices';

const typing_ms = 180;

/** Another record, found by typing. */
export function EditLink(props: FieldEditProps) {
  const { t } = useText();
  const { departments } = useMeta();
  const { field, value, onChange, in_place, choices, department = null } = props;
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words, typing_ms);
  const module = field.link_to ?? '';
  const chosen = asLinked(value);
  const is_listed = choices !== undefined || module === 'departments';
  const search = useLinkChoices(module, settled, !is_listed, department);
  const listed = choices ?? departments.filter((each) => each.is_enabled).map(({ id, name }) => ({ id, title: name }));
  const found = is_listed ? listed.map((each) => ({ value: each.id, label: each.title })) : search.choices;
  const data = chosen && !found.some((each) => each.value === chosen.id)
    ? [{ value: chosen.id, label: chosen.title }, ...found]
    : found;
  const handleChange = (id: string | null) => {
    const choice = data.find((each) => each.value === id);
    onChange(choice ? { id: choice.value, title: choice.label } : null);
  };
  return (
    <Select
      {...inputProps(props)}
      data={data}
      value={linkedId(value)}
      onChange={handleChange}
      searchable
      clearable={!field.required}
      allowDeselect={!field.required}
      filter={is_listed ? undefined : ({ options }) => options}
      onSearchChange={setWords}
      nothingFoundMessage={search.is_loading ? t('ui.loading') : t('ui.nothing_found')}
      defaultDropdownOpened={in_place}
    />
  );
}
