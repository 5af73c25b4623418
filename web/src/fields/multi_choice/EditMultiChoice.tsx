import { MultiSelect } from '@mantine/core';
import { useMeta } from '@/api';
import { inputProps } from '../input_props';
import type { FieldEditProps } from '../field_parts';
import { useChoiceLabel } from '../labels';
import { asNames } from '../values';

export function EditMultiChoice(props: FieldEditProps) {
  const { module, field, value, onChange } = props;
  const choiceLabel = useChoiceLabel();
  const { departments } = useMeta();
  const names = asNames(value);
  const locked = (field.choices ?? []).filter((choice) => choice.may_choose === false).map(({ name }) => name);
  const is_out_of_use = (name: string) => field.link_to === 'departments' && departments.some(({ id, is_enabled }) => id === name && !is_enabled);
  // What stands in the field is shown, also what is no longer offered.
  const shown = (field.choices ?? []).filter(({ name }) => names.includes(name) || (!locked.includes(name) && !is_out_of_use(name)));
  return (
    <MultiSelect
      {...inputProps(props)}
      data={shown.map((choice) => ({ value: choice.name, label: choiceLabel(module, field, choice), disabled: locked.includes(choice.name) }))}
      value={names}
      onChange={(next) => onChange(names.filter((name) => locked.includes(name) && !next.includes(name)).concat(next))}
      searchable
    />
  );
}
