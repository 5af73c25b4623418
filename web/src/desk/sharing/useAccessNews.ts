import { useEffect, useRef } from 'react';
import { useText } from '@/i18n';
import { useToast } from '@/ui';
import { isLess } from './shares';
import type { Sharing } from './useSharing';

/** Says it when my department may do more or less with the ticket than a moment ago. */
export function useAccessNews(sharing: Sharing | null): void {
  const { t } = useText();
  const toast = useToast();
  const access = sharing?.standing.side === 'child' ? sharing.standing.access : null;
  const before = useRef(access);
  useEffect(() => {
    const last = before.current;
    before.current = access;
    if (last === null || access === null || last === access) return;
    const words = t('desk.share.now', { access: t(`desk.share.access.${access}`) });
    if (isLess(access, last)) toast.failed(words);
    else toast.done(words);
  }, [access, t, toast]);
}
