import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { useToast } from '@/ui';
import { ContactMergeDialog } from './ContactMergeDialog';
import type { Duplicate } from './contact_types';
import classes from './Contacts.module.css';
import { useDismissDuplicate, useDuplicatesOf } from './useDuplicates';

/** Other contacts that may be the same person as the one on the screen. */
export function DuplicateNote({ contact }: { contact: RecordData }) {
  const { t } = useText();
  const org = useOrganisation();
  const toast = useToast();
  const duplicates = useDuplicatesOf(contact.id);
  const dismissing = useDismissDuplicate();
  const [merged, setMerged] = useState<Duplicate | null>(null);
  if (duplicates.length === 0 && merged === null) return null;
  return (
    <section className={classes.suggestions} aria-label={t('contacts.duplicates.title')}>
      {duplicates.map((each) => (
        <div key={each.contact.id} className={classes.suggestion}>
          <span className={classes.words}>
            {t(`contacts.duplicates.${each.reason}`)}{' '}
            <Link to={`/desk/${org}/contacts/${each.contact.id}`}>{each.contact.title}</Link>
            {each.contact.email !== '' && <span className={classes.of}> · {each.contact.email}</span>}
          </span>
          <Button size="compact-sm" variant="default" onClick={() => setMerged(each)} aria-label={t('contacts.duplicates.merge_with', { name: each.contact.title })}>{t('merge.action')}</Button>
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => dismissing.mutate({ contact: contact.id, other: each.contact.id }, { onError: toast.refused })}
            aria-label={t('contacts.duplicates.two_people_of', { name: each.contact.title })}
          >
            {t('contacts.duplicates.two_people')}
          </Button>
        </div>
      ))}
      {merged !== null && (
        <ContactMergeDialog contact={contact} first={[{ value: merged.contact.id, label: merged.contact.title }]} onClose={() => setMerged(null)} />
      )}
    </section>
  );
}
