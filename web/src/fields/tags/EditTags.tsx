import { TagsInput } from '@mantine/core';
import type { FieldEditProps } from '../field_parts';
import { inputProps } from '../input_props';
import { asNames } from '../values';

export function EditTags(props: FieldEditProps) {
  return <TagsInput {...inputProps(props)} value={asNames(props.value)} onChange={props.onChange} />;
}
