import { TextInput } from '@mantine/core';
import { useFormat } from '@/ui';
import { inputProps } from '../input_props';
import type { FieldEditProps } from '../field_parts';
import { asText } from '../values';
import { fromWallClock, toWallClock } from './wall_clock';

/** An instant, typed in the person's own time zone. */
export function EditInstant(props: FieldEditProps) {
  const { time_zone } = useFormat();
  const at = asText(props.value);
  return (
    <TextInput
      {...inputProps(props)}
      type="datetime-local"
      value={at === null ? '' : toWallClock(at, time_zone)}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        props.onChange(typed === '' ? null : fromWallClock(typed, time_zone));
      }}
    />
  );
}
