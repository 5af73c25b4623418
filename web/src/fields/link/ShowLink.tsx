import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { useStageLabel } from '../labels';
import { asLinked } from '../values';
import { RecordLink } from './RecordLink';

export function ShowLink({ field, value }: FieldShowProps) {
  const stageLabel = useStageLabel();
  const linked = asLinked(value);
  if (linked === null) return <EmptyValue />;
  const module = field.link_to ?? '';
  if (module === 'stages') return <span className={classes.clip}>{stageLabel(linked.title)}</span>;
  return <RecordLink className={classes.clip} module={module} id={linked.id} title={linked.title}>{linked.title}</RecordLink>;
}
