import { IconInfoCircle } from '@tabler/icons-react';
import { useMeta } from '@/api';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import classes from './Sharing.module.css';
import { standingOn } from './shares';

/** Said before somebody is chosen: with restricted access the customer is not among those who may get a forward. */
export function NotToTheRequester({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const { me } = useMeta();
  const standing = standingOn(ticket, me);
  if (standing.side !== 'child' || standing.access !== 'restricted') return null;
  return <p className={classes.hint}><IconInfoCircle size={14} aria-hidden="true" />{t('desk.share.not_to_the_requester')}</p>;
}
