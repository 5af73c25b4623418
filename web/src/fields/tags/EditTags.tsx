import { TagsInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { FieldEditProps } from '../field_parts';
import { inputProps } from '../input_props';
import { asNames } from '../values';
import { useTagChoices } from './useTagChoices';

const typing_ms = 180;

/** Short texts of one's own choosing; those in use are suggested. */
export function EditTags(props: FieldEditProps) {
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words.trim(), typing_ms);
  const choices = useTagChoices(props.module, props.field.name, settled);
  return (
    <TagsInput
      {...inputProps(props)}
      value={asNames(props.value)}
      onChange={props.onChange}
      onSearchChange={setWords}
      data={choices}
      maxTags={100}
    />
  );
}
