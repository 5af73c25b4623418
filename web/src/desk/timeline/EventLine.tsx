import type { EventItem } from '@/api';
import { RelativeTime } from '@/ui';
import { ChangeList, toldChanges } from '@/records';
import { RatingRemark } from '../ratings/RatingRemark';
import { useEventWords } from './useEventWords';
import classes from './Timeline.module.css';

/** Chinese and Japanese set no space between words. */
const ends_in_han = /[\u3000-\u9fff\uff00-\uffef]$/;

/** What somebody or something did, in one quiet line. */
export function EventLine({ ticket, item }: { ticket: string; item: EventItem }) {
  const words = useEventWords();
  const name = words.name(item);
  const shown = toldChanges(item.changes);
  return (
    <div className={classes.event}>
      <span className={classes.eventDot} aria-hidden="true" />
      <span className={classes.eventWords}>
        <b>{name}</b>{' '}
        {shown.length > 0 && item.verb === 'updated'
          ? <>{words.changed}{ends_in_han.test(words.changed) ? '' : ' '}<ChangeList module="tickets" changes={shown} /></>
          : words.verb(item)}
        {words.way(item)}
        {' · '}<RelativeTime at={item.at} />
        {item.verb === 'rated' && item.detail?.has_remark === true && <RatingRemark ticket={ticket} detail={item.detail} />}
      </span>
    </div>
  );
}
