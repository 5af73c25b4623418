import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { useTypedWords } from './useTypedWords';

interface ListSearchProps {
  label: string;
  words: string | null;
  onSearch: (words: string | null) => void;
}

const typing_ms = 250;

/** Narrows a list by words, as they are typed. */
export function ListSearch({ label, words, onSearch }: ListSearchProps) {
  const { t } = useText();
  const { typed, type, clear } = useTypedWords(words ?? '', (text) => onSearch(text.trim() === '' ? null : text.trim()), typing_ms);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      w={{ base: 190, sm: 220 }}
      maxLength={200}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      rightSection={typed !== '' && <CloseButton size="sm" aria-label={t('desk.search_clear')} onClick={clear} />}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
