import { useText } from '@/i18n';
import { MergeChoices } from '@/records';
import { useFormat } from '@/ui';
import merge_classes from '../merge/Merge.module.css';
import type { ContactMergePreview } from './contact_types';

interface ContactMergeChoicesProps {
  preview: ContactMergePreview;
  /** What was chosen by hand, by field; shown at once, before the server has looked at it. */
  winners: Record<string, string>;
  onChoose: (field: string, contact: string) => void;
}

/** Field by field, whose value stays; and what else will happen. */
export function ContactMergeChoices({ preview, winners, onChoose }: ContactMergeChoicesProps) {
  const { t } = useText();
  const format = useFormat();
  const choices = preview.fields.map(({ name, winner, values }) => ({ name, winner, values: values.map(({ contact, text }) => ({ of: contact, text })) }));
  const nameOf = (contact: string) => [preview.target, ...preview.contacts].find((each) => each.id === contact)?.title ?? '';
  return (
    <>
      <MergeChoices module="contacts" choices={choices} winners={winners} nameOf={nameOf} onChoose={onChoose} />
      <section className={merge_classes.preview} aria-label={t('merge.what_happens')} aria-live="polite">
        <h3 className={merge_classes.heading}>{t('merge.what_happens')}</h3>
        <ul className={merge_classes.list}>
          {preview.contacts.map((each) => (
            <li key={each.id}>
              {t('contacts.merge.tickets_follow', { name: each.title, tickets: `${each.tickets}${each.tickets_is_exact ? '' : '+'}` })}
            </li>
          ))}
          {preview.other_emails.length > 0 && <li>{t('contacts.merge.emails', { addresses: format.list(preview.other_emails) })}</li>}
          {preview.other_phones.length > 0 && <li>{t('contacts.merge.phones', { numbers: format.list(preview.other_phones) })}</li>}
          <li>{t('contacts.merge.bin')}</li>
          <li>{t('merge.sends_nothing')}</li>
        </ul>
      </section>
    </>
  );
}
