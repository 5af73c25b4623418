import { useText } from '@/i18n';
import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asText } from '../values';
import { languageName } from './language_name';

export function ShowText({ field, value }: FieldShowProps) {
  const { i18n } = useText();
  const kept = asText(value);
  if (kept === null) return <EmptyValue />;
  const text = field.name === 'language' && !field.custom ? languageName(kept, i18n.language) : kept;
  return <span className={classes.clip} title={text}>{text}</span>;
}
