import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '@/i18n';

interface ListSearchProps {
  label: string;
  words: string | null;
  onSearch: (words: string | null) => void;
}

const typing_ms = 250;

/** Narrows a list by words, as they are typed. */
export function ListSearch({ label, words, onSearch }: ListSearchProps) {
  const { t } = useText();
  const [typed, setTyped] = useState(words ?? '');
  const search = (text: string) => onSearch(text.trim() === '' ? null : text.trim());
  const searchLater = useDebouncedCallback(search, typing_ms);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      w={{ base: 190, sm: 220 }}
      maxLength={200}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      rightSection={typed !== '' && <CloseButton size="sm" aria-label={t('desk.search_clear')} onClick={() => { setTyped(''); search(''); }} />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        searchLater(event.currentTarget.value);
      }}
    />
  );
}
