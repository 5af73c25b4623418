import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { FieldEditProps } from '../field_parts';
import { LinkedSelect } from '../LinkedSelect';
import { useLinkChoices } from './useLinkChoices';
import { useListedRecords } from './useListedRecords';

const typing_ms = 180;

/** Another record, found by typing. */
export function EditLink(props: FieldEditProps) {
  const { field, choices, department = null } = props;
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words, typing_ms);
  const module = field.link_to ?? '';
  const named = useListedRecords(module);
  const listed = choices ?? named;
  const search = useLinkChoices(module, settled, listed === null, department);
  if (listed === null) return <LinkedSelect {...props} data={search.choices} is_loading={search.is_loading} onType={setWords} />;
  return <LinkedSelect {...props} data={listed.map((each) => ({ value: each.id, label: each.title }))} />;
}
