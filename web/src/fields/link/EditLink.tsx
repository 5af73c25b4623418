import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useMeta } from '@/api';
import type { FieldEditProps } from '../field_parts';
import { LinkedSelect } from '../LinkedSelect';
import { useLinkChoices } from './useLinkChoices';

const typing_ms = 180;

/** Another record, found by typing. */
export function EditLink(props: FieldEditProps) {
  const { departments } = useMeta();
  const { field, choices, department = null } = props;
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words, typing_ms);
  const module = field.link_to ?? '';
  const is_listed = choices !== undefined || module === 'departments';
  const search = useLinkChoices(module, settled, !is_listed, department);
  if (!is_listed) return <LinkedSelect {...props} data={search.choices} is_loading={search.is_loading} onType={setWords} />;
  const listed = choices ?? departments.filter((each) => each.is_enabled).map(({ id, name }) => ({ id, title: name }));
  return <LinkedSelect {...props} data={listed.map((each) => ({ value: each.id, label: each.title }))} />;
}
