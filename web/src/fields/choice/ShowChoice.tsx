import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { useChoiceLabel } from '../labels';
import { asText } from '../values';

export function ShowChoice({ module, field, value }: FieldShowProps) {
  const choiceLabel = useChoiceLabel();
  const name = asText(value);
  if (name === null) return <EmptyValue />;
  const choice = field.choices?.find((each) => each.name === name) ?? { name, label: name };
  return <span className={classes.clip}>{choiceLabel(module, field, choice)}</span>;
}
