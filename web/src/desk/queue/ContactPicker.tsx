import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useMay } from '@/api';
import type { Linked } from '@/api';
import { useLinkChoices } from '@/fields/link/useLinkChoices';
import { useText } from '@/i18n';
import { chooseMarked } from '@/ui';

interface ContactPickerProps {
  value: Linked | null;
  error?: string;
  onChange: (contact: Linked | null) => void;
  /** The person wants a contact that is not there yet; with what was typed. */
  onCreate: (typed: string) => void;
}

const typing_ms = 180;
const create_value = 'create';

/** Finds a contact by typing; who is not there yet can be created from what was typed. */
export function ContactPicker({ value, error, onChange, onCreate }: ContactPickerProps) {
  const { t } = useText();
  const may_create = useMay('create', 'contacts');
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words, typing_ms);
  const search = useLinkChoices('contacts', settled === value?.title ? '' : settled, true);
  const found = search.choices.filter((choice) => choice.value !== value?.id);
  const typed = words.trim();
  const data = [
    ...(value ? [{ value: value.id, label: value.title }] : []),
    ...found,
    ...(may_create && typed !== value?.title
      ? [{ value: create_value, label: typed === '' ? t('desk.contact_create') : t('desk.contact_create_named', { name: typed }) }]
      : []),
  ];
  const handleChange = (id: string | null) => {
    if (id === create_value) return onCreate(typed);
    const choice = data.find((each) => each.value === id);
    onChange(choice ? { id: choice.value, title: choice.label.split(' · ')[0] ?? choice.label } : null);
  };
  return (
    <Select
      label={t('desk.contact')}
      placeholder={t('desk.contact_find')}
      data={data}
      value={value?.id ?? null}
      error={error}
      onChange={handleChange}
      searchable
      clearable
      filter={({ options }) => options}
      onSearchChange={setWords}
      onKeyDownCapture={chooseMarked}
      nothingFoundMessage={search.is_loading ? t('ui.loading') : t('ui.nothing_found')}
      autoComplete="off"
      data-autofocus
      openOnFocus={false}
    />
  );
}
