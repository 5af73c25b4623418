import type { TextPart } from '@/api';
import classes from './Search.module.css';

/** A text in which the words that were searched for are marked. */
export function Marked({ parts }: { parts: TextPart[] }) {
  return parts.map((part, index) => (part.is_match ? <mark key={index} className={classes.match}>{part.text}</mark> : <span key={index}>{part.text}</span>));
}
