import { useSearchParams } from 'react-router';
import type { RecordData } from '@/api';
import { EmptyValue } from '@/fields';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { useNamedShares, useSharing } from './useSharing';

/** Whose ticket it is, for those it is shared with, and in the view of what is shared; null for the others. */
export function useSharedBy(ticket: RecordData): string | null {
  const { t } = useText();
  const [words] = useSearchParams();
  const sharing = useSharing(ticket);
  const is_told = sharing !== null && (sharing.standing.side === 'child' || words.get('view') === 'shared');
  return is_told ? t('desk.share.by', { department: sharing.owner }) : null;
}

/** The departments that have it besides its own, as a column of the queue. */
export function SharedWith({ ticket }: { ticket: RecordData }) {
  const format = useFormat();
  const shares = useNamedShares(ticket);
  if (shares.length === 0) return <EmptyValue />;
  return <>{format.list(shares.map((share) => share.name))}</>;
}
