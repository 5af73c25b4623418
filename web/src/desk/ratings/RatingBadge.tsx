import { IconMoodHappy, IconMoodNeutral, IconMoodSad } from '@tabler/icons-react';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { Badge } from '@/ui';
import { rating_tones, ratingOf } from './ratings';
import type { Rating } from './ratings';

const faces = { good: IconMoodHappy, okay: IconMoodNeutral, bad: IconMoodSad };

export function RatingFace({ rating, size = 14 }: { rating: Rating; size?: number }) {
  const Face = faces[rating];
  return <Face size={size} aria-hidden="true" />;
}

/** What the customer said last, where they were asked. */
export function RatingBadge({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const rating = ratingOf(ticket.rating);
  if (rating === null) return null;
  return (
    <Badge tone={rating_tones[rating]} icon={<RatingFace rating={rating} />}>
      {t('desk.rating.rated', { rating: t(`desk.rating.${rating}`) })}
    </Badge>
  );
}
