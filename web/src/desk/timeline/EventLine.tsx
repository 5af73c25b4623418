import type { EventItem } from '@/api';
import { useOptionalText, useText } from '@/i18n';
import { RelativeTime } from '@/ui';
import { ChangeList } from './change_words';
import classes from './Timeline.module.css';

/** What somebody or something did, in one quiet line. */
export function EventLine({ item }: { item: EventItem }) {
  const { t } = useText();
  const text = useOptionalText();
  const name = item.author.kind === 'system' ? t('desk.event.system') : item.author.name;
  const shown = item.changes.filter((change) => change.field !== 'description');
  return (
    <div className={classes.event}>
      <span className={classes.eventDot} aria-hidden="true" />
      <span className={classes.eventWords}>
        <b>{name}</b>{' '}
        {shown.length > 0 && item.verb === 'updated'
          ? <ChangeList module="tickets" changes={shown} />
          : text(`desk.event.${item.verb}`, item.verb)}
        {item.path !== 'ui' && item.path !== 'system' && <> ({text(`desk.path.${item.path}`, item.path)})</>}
        {' · '}<RelativeTime at={item.at} />
      </span>
    </div>
  );
}
