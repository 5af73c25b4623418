import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { EmptyState } from '@/ui';

/** An address of Desk that shows nothing. */
export function PageNotFound() {
  const { t } = useText();
  const org = useOrganisation();
  return (
    <EmptyState
      title={t('desk.not_found')}
      title_as="h1"
      action={<Button component={Link} to={`/desk/${org}/tickets`} variant="default">{t('desk.back_to_queue')}</Button>}
    >
      {t('desk.not_found_help')}
    </EmptyState>
  );
}
