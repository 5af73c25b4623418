import { Center } from '@mantine/core';
import { Navigate } from 'react-router';
import { useSession } from '@/api';
import { useText } from '@/i18n';
import { EmptyState } from '@/ui';

/** The address without a place: the first organisation of the person. */
export function Home() {
  const { t } = useText();
  const { organisations } = useSession();
  const first = organisations[0];
  if (first) return <Navigate to={`/${first.app}/${first.id}`} replace />;
  return <Center h="100%"><EmptyState title_as="h1" title={t('app.no_organisation')}>{t('app.no_organisation_help')}</EmptyState></Center>;
}
