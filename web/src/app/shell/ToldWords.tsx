import type { Told } from '@/api';
import { useText } from '@/i18n';
import { RelativeTime } from '@/ui';
import classes from './Bell.module.css';

interface ToldWordsProps {
  told: Told;
  what: string;
  about: string;
  more?: string | null;
}

/** What a line of the bell says: what happened, to what, when, and whether it was read. */
export function ToldWords({ told, what, about, more = null }: ToldWordsProps) {
  const { t } = useText();
  return (
    <>
      <span className={classes.mark} aria-hidden="true" />
      <span className={classes.words}>
        <span className={classes.what}>
          {told.read_at === null && <span className="visually-hidden">{t('app.notifications.is_unread')} </span>}
          {what}
        </span>
        <span className={classes.about} title={about}>{about}</span>
        {more !== null && <span className={classes.more}>{more}</span>}
        <RelativeTime at={told.at} className={classes.at} />
      </span>
    </>
  );
}
