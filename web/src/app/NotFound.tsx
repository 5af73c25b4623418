import { Button, Center } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '@/i18n';
import { EmptyState } from '@/ui';

export function NotFound() {
  const { t } = useText();
  return (
    <Center component="main" h="100%">
      <EmptyState
        icon={<IconMapQuestion size={22} />}
        title_as="h1"
        title={t('app.not_found')}
        action={<Button component={Link} to="/" variant="default">{t('app.go_home')}</Button>}
      >
        {t('app.not_found_help')}
      </EmptyState>
    </Center>
  );
}
