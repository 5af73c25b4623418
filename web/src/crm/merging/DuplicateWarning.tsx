import { Alert } from '@mantine/core';
import { Link } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import type { SalesModuleName } from '../sales_modules';
import { reasonWord } from './DuplicateNote';
import type { Duplicate } from './merge_types';
import classes from './Merging.module.css';
import { useDuplicatesOfTyped } from './useDuplicates';

const shown_max = 5;

/** Below which field a reason is said. */
const reason_of: Record<string, Duplicate['reason']> = { email: 'email', phone: 'phone', last_name: 'name', name: 'name' };

interface DuplicateWarningProps {
  module: SalesModuleName;
  /** The field below which it stands. */
  field: string;
  values: Record<string, unknown>;
}

/** Says in the form of a new record who has what is typed already; creating goes on all the same. */
export function DuplicateWarning({ module, field, values }: DuplicateWarningProps) {
  const { t } = useText();
  const org = useOrganisation();
  const reason = reason_of[field];
  const duplicates = useDuplicatesOfTyped(module, values).filter((each) => each.reason === reason).slice(0, shown_max);
  if (reason === undefined) return null;
  return (
    <div role="status">
      {duplicates.length > 0 && (
        <Alert className={classes.warning} color="yellow" p="xs" mt="xs" title={t('crm.duplicates.there')}>
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
