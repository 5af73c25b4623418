import { useEffect, useRef } from 'react';
import { useText } from '@/i18n';
import { useToast } from '@/ui';
import type { Sharing } from './useSharing';

/** Says it when my department may do more or less with the ticket than a moment ago. */
export function useAccessNews(sharing: Sharing | null): void {
  const { t } = useText();
  const toast = useToast();
  const access = sharing?.standing.side === 'child' ? sharing.standing.access : null;
  const before = useRef(access);
  useEffect(() => {
    const is_changed = before.current !== null && access !== null && before.current !== access;
    before.current = access;
    if (is_changed) toast.done(t('desk.share.now', { access: t(`desk.share.access.${access}`) }));
  }, [access, t, toast]);
}
