import { Alert } from '@mantine/core';
import { Link } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import type { SalesModuleName } from '../sales_modules';
import { reasonWord } from './DuplicateNote';
import classes from './Merging.module.css';
import { useDuplicatesOfTyped } from './useDuplicates';

const shown_max = 5;

/** Says in the form of a new record who has what is typed already; creating goes on all the same. */
export function DuplicateWarning({ module, values }: { module: SalesModuleName; values: Record<string, unknown> }) {
  const { t } = useText();
  const org = useOrganisation();
  const duplicates = useDuplicatesOfTyped(module, values).slice(0, shown_max);
  return (
    <div role="status">
      {duplicates.length > 0 && (
        <Alert className={classes.warning} color="yellow" p="xs" title={t('crm.duplicates.there')}>
          <ul>
            {duplicates.map((each) => (
              <li key={each.record.id}>
                {t(`contacts.duplicates.${reasonWord(each)}`)}{' '}
                <Link to={`${homeOf(org)}/${each.module}/${each.record.id}`}>{each.record.title}</Link> · {t(`crm.module.${each.module}.one`)}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </div>
  );
}
