import { EmptyValue } from '../EmptyValue';
import classes from '../fields.module.css';
import type { FieldShowProps } from '../field_parts';
import { asText } from '../values';

/** Only web addresses become links: a stored `javascript:` stays plain text. */
export function ShowUrl({ value }: FieldShowProps) {
  const url = asText(value);
  if (url === null) return <EmptyValue />;
  if (!/^https?:\/\//i.test(url)) return <span className={classes.clip}>{url}</span>;
  return (
    <a className={classes.clip} href={url} target="_blank" rel="noreferrer noopener" title={url}>
      {url.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')}
    </a>
  );
}
