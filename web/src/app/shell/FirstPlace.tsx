import { IconEyeOff } from '@tabler/icons-react';
import { Navigate } from 'react-router';
import { useText } from '@/i18n';
import { EmptyState } from '@/ui';
import { usePlaces } from './usePlaces';

/** Where work begins: the first place of those that the role may read. */
export function FirstPlace() {
  const { t } = useText();
  const first = usePlaces().places[0];
  if (first) return <Navigate to={first.path} replace />;
  return (
    <EmptyState icon={<IconEyeOff size={22} />} title={t('app.nothing_to_read')} title_as="h1">
      {t('app.nothing_to_read_help')}
    </EmptyState>
  );
}
