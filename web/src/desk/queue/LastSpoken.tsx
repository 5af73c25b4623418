import type { RecordData } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { RelativeTime } from '@/ui';
import classes from './Queue.module.css';

/** Whose the last word was, and when it was said. */
export function LastSpoken({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const at = asText(ticket.last_word_at);
  const by = asText(ticket.last_word_by);
  if (by === null) return null;
  return (
    <span className={classes.said}>
      {t(by === 'customer' ? 'desk.by_customer' : 'desk.by_agent')}
      {at !== null && <> · <RelativeTime at={at} /></>}
    </span>
  );
}
