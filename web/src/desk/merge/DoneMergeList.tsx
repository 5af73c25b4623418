import { Button } from '@mantine/core';
import { useText } from '@/i18n';
import { RelativeTime, useFormat } from '@/ui';
import classes from './Merge.module.css';
import { useDoneMerges } from './useMerge';

interface DoneMergeListProps {
  ticket: string;
  onUndo: (merge: string) => void;
  is_undoing: boolean;
}

/** What was merged into the ticket within the last month, each with its way back. */
export function DoneMergeList({ ticket, onUndo, is_undoing }: DoneMergeListProps) {
  const { t } = useText();
  const format = useFormat();
  const merges = useDoneMerges(ticket);
  if (merges.length === 0) return null;
  return (
    <section aria-label={t('merge.before')}>
      <h3 className={classes.heading}>{t('merge.before')}</h3>
      {merges.map((merge) => {
        const numbers = format.list(merge.tickets.map((each) => `#${each.number}`));
        return (
          <div key={merge.id} className={classes.row}>
            <span>{numbers} · <RelativeTime at={merge.at} /></span>
            <Button size="compact-sm" variant="default" loading={is_undoing} onClick={() => onUndo(merge.id)} aria-label={t('merge.undo_of', { numbers })}>{t('ui.undo')}</Button>
          </div>
        );
      })}
    </section>
  );
}
