import { Button, Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, ErrorState, Page, useToast } from '@/ui';
import { ContactMergeDialog } from './ContactMergeDialog';
import type { DuplicatePair } from './contact_types';
import classes from './Contacts.module.css';
import { useDismissDuplicate, useDuplicatePairs } from './useDuplicates';

/** Pairs of contacts that may be one person. */
export function DuplicatesPage() {
  const { t } = useText();
  const org = useOrganisation();
  const toast = useToast();
  const query = useDuplicatePairs();
  const dismissing = useDismissDuplicate();
  const [merged, setMerged] = useState<DuplicatePair | null>(null);
  useDocumentTitle(`${t('contacts.duplicates.title')} · Tandem`);
  const pairs = query.data?.pages.flatMap((page) => page.pairs) ?? [];
  return (
    <Page title={t('contacts.duplicates.title')} lead={t('contacts.duplicates.help')} actions={<Button component={Link} to={`/desk/${org}/contacts`} variant="default">{t('contacts.duplicates.back')}</Button>}>
      {query.isPending && <Skeleton height={120} radius="md" />}
      {query.error !== null && query.data === undefined && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && pairs.length === 0 && <EmptyState icon={<IconUsers size={22} />} title={t('contacts.duplicates.none')} />}
      <ul className={classes.pairs}>
        {pairs.map((pair) => {
          const [one, other] = pair.contacts;
          return (
            <li key={`${one.id}.${other.id}`} className={classes.pair}>
              <span className={classes.words}>
                <Link to={`/desk/${org}/contacts/${one.id}`}>{one.title}</Link> · <Link to={`/desk/${org}/contacts/${other.id}`}>{other.title}</Link>{' '}
                <span className={classes.of}>{t(`contacts.duplicates.why.${pair.reason}`)}</span>
              </span>
              <Button size="compact-sm" variant="default" onClick={() => setMerged(pair)} aria-label={t('contacts.duplicates.merge_both', { one: one.title, other: other.title })}>{t('merge.action')}</Button>
              <Button size="compact-sm" variant="subtle" onClick={() => dismissing.mutate({ contact: one.id, other: other.id }, { onError: toast.refused })} aria-label={t('contacts.duplicates.two_people_both', { one: one.title, other: other.title })}>{t('contacts.duplicates.two_people')}</Button>
            </li>
          );
        })}
      </ul>
      {query.hasNextPage && <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('ui.load_more')}</Button>}
      {merged !== null && (
        <ContactMergeDialog contact={merged.contacts[0]} first={[{ value: merged.contacts[1].id, label: merged.contacts[1].title }]} onClose={() => setMerged(null)} />
      )}
    </Page>
  );
}
