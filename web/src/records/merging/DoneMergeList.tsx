import { Button } from '@mantine/core';
import { useText } from '@/i18n';
import { RelativeTime, useFormat } from '@/ui';
import classes from './Merging.module.css';

interface DoneMergeListProps {
  merges: { id: string; at: string; titles: string[] }[];
  onUndo: (merge: string) => void;
  is_undoing: boolean;
}

/** What was merged into a record within the last month, each with its way back. */
export function DoneMergeList({ merges, onUndo, is_undoing }: DoneMergeListProps) {
  const { t } = useText();
  const format = useFormat();
  if (merges.length === 0) return null;
  return (
    <section aria-label={t('merge.before')}>
      <h3 className={classes.heading}>{t('merge.before')}</h3>
      {merges.map((merge) => {
        const names = format.list(merge.titles);
        return (
          <div key={merge.id} className={classes.row}>
            <span>{names} · <RelativeTime at={merge.at} /></span>
            <Button size="compact-sm" variant="default" loading={is_undoing} onClick={() => onUndo(merge.id)} aria-label={t('merge.undo_of', { numbers: names })}>{t('ui.undo')}</Button>
          </div>
        );
      })}
    </section>
  );
}
