import { IconMoodSmile } from '@tabler/icons-react';
import { useMeta } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, ErrorState, Page, RowsSkeleton } from '@/ui';
import { useSettingsQuery } from '../useSettings';
import { DepartmentRatings } from './DepartmentRatings';
import type { RatingSettings } from './DepartmentRatings';

/** Which departments ask their customers how an answer was. */
export function CustomerRatingsPage() {
  const { t } = useText();
  const { departments } = useMeta();
  const { data, error, refetch } = useSettingsQuery<{ departments: RatingSettings[] }>('rating_settings');
  const nameOf = (id: string) => departments.find((each) => each.id === id)?.name ?? `#${id}`;
  return (
    <Page title={t('settings.customer_ratings.title')} lead={t('settings.customer_ratings.lead')} width="read">
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && !error && <RowsSkeleton rows={4} />}
      {data?.departments.length === 0 && <EmptyState icon={<IconMoodSmile size={22} />} title={t('settings.departments.empty')} />}
      {data?.departments.map((each) => (
        <DepartmentRatings key={each.department} name={nameOf(each.department)} saved={each} />
      ))}
    </Page>
  );
}
