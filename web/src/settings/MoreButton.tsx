import { Button, Center } from '@mantine/core';
import { useText } from '@/i18n';

interface MoreButtonProps {
  pages: { has_more: boolean; is_fetching_more: boolean; fetchMore: () => void };
}

export function MoreButton({ pages }: MoreButtonProps) {
  const { t } = useText();
  if (!pages.has_more) return null;
  return (
    <Center mt="md">
      <Button variant="default" loading={pages.is_fetching_more} onClick={pages.fetchMore}>{t('ui.load_more')}</Button>
    </Center>
  );
}
