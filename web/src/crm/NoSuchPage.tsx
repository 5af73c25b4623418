import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { EmptyState } from '@/ui';

export function NoSuchPage() {
  const { t } = useText();
  const org = useOrganisation();
  return (
    <EmptyState
      icon={<IconMapQuestion size={22} />}
      title_as="h1"
      title={t('app.not_found')}
      action={<Button component={Link} to={homeOf(org)} variant="default">{t('crm.to_deals')}</Button>}
    >
      {t('app.not_found_help')}
    </EmptyState>
  );
}
