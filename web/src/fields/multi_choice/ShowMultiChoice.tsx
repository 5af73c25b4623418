import { Badge } from '@/ui';
import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { useChoiceLabel } from '../labels';
import { asNames } from '../values';

/** As many as a line of a list has room for; how many more there are is counted. */
const in_line_max = 2;

export function ShowMultiChoice({ module, field, value, in_line = false }: FieldShowProps) {
  const choiceLabel = useChoiceLabel();
  const names = asNames(value);
  if (names.length === 0) return <EmptyValue />;
  const labels = names.map((name) => choiceLabel(module, field, field.choices?.find((each) => each.name === name) ?? { name, label: name }));
  const shown = in_line ? labels.slice(0, in_line_max) : labels;
  const others = labels.slice(shown.length).join(', ');
  return (
    <span className={in_line ? classes.inLine : classes.words}>
      {shown.map((label, index) => <span key={names[index]} title={in_line ? label : undefined}><Badge>{label}</Badge></span>)}
      {others !== '' && (
        <span className={classes.counted} title={others}>
          <Badge>
            <span aria-hidden="true">+{labels.length - shown.length}</span>
            <span className="visually-hidden">{others}</span>
          </Badge>
        </span>
      )}
    </span>
  );
}
