import type { MergePreview } from '@/api';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import classes from './Merge.module.css';

/** What a merge will do, in words. */
export function MergePreviewList({ preview }: { preview: MergePreview }) {
  const { t } = useText();
  const format = useFormat();
  const strangers = preview.tickets.filter((each) => each.is_of_another_contact && each.contact !== '');
  const private_parts = preview.tickets.reduce((sum, each) => sum + each.private_parts, 0);
  const drafts = preview.tickets.reduce((sum, each) => sum + each.drafts, 0);
  return (
    <section className={classes.preview} aria-label={t('merge.what_happens')} aria-live="polite">
      <h3 className={classes.heading}>{t('merge.what_happens')}</h3>
      <ul className={classes.list}>
        {preview.tickets.map((each) => (
          <li key={each.id}>
            <b>#{each.number} {each.title}</b>{' '}
            {t('merge.brings', { threads: each.threads, comments: each.comments, files: each.attachments })}
          </li>
        ))}
        <li>{t('merge.closes', { number: preview.target.number })}</li>
        {strangers.length > 0 && <li className={classes.care}>{t('merge.other_contacts', { names: format.list([...new Set(strangers.map((each) => each.contact))]) })}</li>}
        {preview.copied.length > 0 && <li>{t('merge.copied', { addresses: format.list(preview.copied) })}</li>}
        {private_parts > 0 && <li>{t('merge.private_parts', { count: private_parts })}</li>}
        {preview.shared_with > 0 && <li className={classes.care}>{t('merge.shared_with', { count: preview.shared_with })}</li>}
        {preview.shares_ending > 0 && <li className={classes.care}>{t('merge.shares_ending', { count: preview.shares_ending })}</li>}
        {drafts > 0 && <li>{t('merge.drafts', { count: drafts })}</li>}
        {preview.followers_left > 0 && <li className={classes.care}>{t('merge.followers_left', { count: preview.followers_left })}</li>}
        <li>{t('merge.sends_nothing')}</li>
      </ul>
    </section>
  );
}
