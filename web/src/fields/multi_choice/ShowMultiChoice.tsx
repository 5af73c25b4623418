import { Badge } from '@/ui';
import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { useChoiceLabel } from '../labels';
import { asNames } from '../values';

export function ShowMultiChoice({ module, field, value }: FieldShowProps) {
  const choiceLabel = useChoiceLabel();
  const names = asNames(value);
  if (names.length === 0) return <EmptyValue />;
  return (
    <span className={classes.words}>
      {names.map((name) => (
        <Badge key={name}>
          {choiceLabel(module, field, field.choices?.find((each) => each.name === name) ?? { name, label: name })}
        </Badge>
      ))}
    </span>
  );
}
