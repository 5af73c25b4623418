import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { asNames, useLinkChoices } from '@/fields';
import { useText } from '@/i18n';
import { chooseMarked } from '@/ui';
import type { ConditionValueProps } from './ConditionValue';
import { useLinkedTitles } from './useLinkedTitle';

const typing_ms = 180;

/** Contacts, accounts or products that a condition names: found by typing. */
export function SeveralRecords({ module, row, onChange, error }: ConditionValueProps & { module: string }) {
  const { t } = useText();
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words, typing_ms);
  const ids = asNames(row.value);
  const chosen = useLinkedTitles(module, ids);
  const search = useLinkChoices(module, settled, true);
  const found = search.choices.filter((choice) => !ids.includes(choice.value));
  return (
    <MultiSelect
      aria-label={t('views.value')} error={error} value={ids} onChange={onChange}
      searchable hidePickedOptions filter={({ options }) => options} onSearchChange={setWords}
      onKeyDownCapture={chooseMarked}
      data={[...chosen.map(({ id, title }) => ({ value: id, label: title })), ...found]}
      nothingFoundMessage={search.is_loading ? t('ui.loading') : t('ui.nothing_found')}
    />
  );
}
