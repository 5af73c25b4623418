import type { Field } from '@/api';
import { EmptyValue, useChoiceLabel } from '@/fields';
import classes from './common.module.css';

const heights: Record<string, number> = { low: 1, medium: 2, high: 3, urgent: 3 };

/** A priority as bars and a word. */
export function PriorityMark({ field, name }: { field: Field | undefined; name: string | null }) {
  const choiceLabel = useChoiceLabel();
  if (name === null || field === undefined) return <EmptyValue />;
  const choice = field.choices?.find((each) => each.name === name) ?? { name, label: name };
  const height = heights[name] ?? 0;
  return (
    <span className={classes.priority} data-priority={name}>
      {height > 0 && (
        <span className={classes.bars} aria-hidden="true">
          {[1, 2, 3].map((step) => <i key={step} data-on={step <= height || undefined} />)}
        </span>
      )}
      {choiceLabel('tickets', field, choice)}
    </span>
  );
}
