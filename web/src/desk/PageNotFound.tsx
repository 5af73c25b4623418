import { useText } from '@/i18n';
import { EmptyState } from '@/ui';
import { BackToQueue } from './common/BackToQueue';

/** An address of Desk that shows nothing. */
export function PageNotFound() {
  const { t } = useText();
  return (
    <EmptyState
      title={t('desk.not_found')}
      title_as="h1"
      action={<BackToQueue />}
    >
      {t('desk.not_found_help')}
    </EmptyState>
  );
}
