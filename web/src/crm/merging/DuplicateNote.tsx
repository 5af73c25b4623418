import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import type { SalesModuleName } from '../sales_modules';
import { MergeDialog } from './MergeDialog';
import type { Duplicate } from './merge_types';
import classes from './Merging.module.css';
import { useDuplicatesOf } from './useDuplicates';

const shown_max = 3;

/** Other records that may be the same as the one on the screen. */
export function DuplicateNote({ module, record }: { module: SalesModuleName; record: RecordData }) {
  const { t } = useText();
  const org = useOrganisation();
  const duplicates = useDuplicatesOf(module, record.id).slice(0, shown_max);
  const [merged, setMerged] = useState<Duplicate | null>(null);
  if (duplicates.length === 0 && merged === null) return null;
  return (
    <section className={classes.suggestions} aria-label={t('contacts.duplicates.title')}>
      {duplicates.map((each) => (
        <div key={each.record.id} className={classes.suggestion}>
          <span className={classes.words}>
            {t(`contacts.duplicates.${reasonWord(each)}`)}{' '}
            <Link to={`${homeOf(org)}/${each.module}/${each.record.id}`}>{each.record.title}</Link>
            <span className={classes.of}> · {t(`crm.module.${each.module}.one`)}</span>
          </span>
          {each.module === module && record.may.includes('merge') && (
            <Button size="compact-sm" variant="default" onClick={() => setMerged(each)} aria-label={t('contacts.duplicates.merge_with', { name: each.record.title })}>{t('merge.action')}</Button>
          )}
        </div>
      ))}
      {merged !== null && <MergeDialog module={module} record={record} first={[{ value: merged.record.id, label: merged.record.title }]} onClose={() => setMerged(null)} />}
    </section>
  );
}

/** A record of the sales side is alike by its name alone, without its account. */
export function reasonWord(duplicate: Duplicate): 'email' | 'phone' | 'full_name' {
  return duplicate.reason === 'name' ? 'full_name' : duplicate.reason;
}
