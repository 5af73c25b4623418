import { Select } from '@mantine/core';
import { useText } from '@/i18n';
import { chooseMarked } from '@/ui';
import { inputProps } from './input_props';
import type { FieldEditProps } from './field_parts';
import { asLinked, linkedId } from './values';

interface LinkedChoice {
  value: string;
  label: string;
  /** What the record is called where the label says more. */
  title?: string;
}

interface LinkedSelectProps extends FieldEditProps {
  data: LinkedChoice[];
  is_loading?: boolean;
  /** Only where the server searches: what was typed. */
  onType?: (words: string) => void;
}

/** One record out of some. What is chosen stands among them, also where they leave it out. */
export function LinkedSelect({ data, is_loading = false, onType, ...props }: LinkedSelectProps) {
  const { t } = useText();
  const { field, value, onChange, in_place } = props;
  const chosen = asLinked(value);
  const all = chosen && !data.some((each) => each.value === chosen.id)
    ? [{ value: chosen.id, label: chosen.title }, ...data]
    : data;
  const shown = all.find((each) => each.value === linkedId(value))?.label;
  const handleChange = (id: string | null) => {
    const choice = all.find((each) => each.value === id);
    onChange(choice ? { id: choice.value, title: choice.title ?? choice.label } : null);
  };
  return (
    <Select
      {...inputProps(props)}
      data={all.map(({ value: id, label }) => ({ value: id, label }))}
      value={linkedId(value)}
      onChange={handleChange}
      searchable
      clearable={!field.required}
      allowDeselect={!field.required}
      filter={onType ? ({ options }) => options : undefined}
      // The name of what is chosen was not typed, and asks for nothing.
      onSearchChange={onType && ((words) => onType(words === shown ? '' : words))}
      onKeyDownCapture={onType && chooseMarked}
      nothingFoundMessage={is_loading ? t('ui.loading') : t('ui.nothing_found')}
      defaultDropdownOpened={in_place}
    />
  );
}
