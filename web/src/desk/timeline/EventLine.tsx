import type { EventItem } from '@/api';
import { useText } from '@/i18n';
import { RelativeTime } from '@/ui';
import { ChangeList, toldChanges } from './change_words';
import { useEventWords } from './useEventWords';
import classes from './Timeline.module.css';

/** What somebody or something did, in one quiet line. */
export function EventLine({ item }: { item: EventItem }) {
  const { t } = useText();
  const words = useEventWords();
  const name = item.author.kind === 'system' || item.author.name === '' ? t('desk.event.system') : item.author.name;
  const shown = toldChanges(item.changes);
  return (
    <div className={classes.event}>
      <span className={classes.eventDot} aria-hidden="true" />
      <span className={classes.eventWords}>
        <b>{name}</b>{' '}
        {shown.length > 0 && item.verb === 'updated'
          ? <>{words.changed} <ChangeList module="tickets" changes={shown} /></>
          : words.verb(item.verb, item.detail)}
        {words.way(item.path)}
        {' · '}<RelativeTime at={item.at} />
      </span>
    </div>
  );
}
