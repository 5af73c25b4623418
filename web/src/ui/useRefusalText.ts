import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { toRefusal } from '@/api';

/** The words for a refusal, in the person's language; what has no translation shows the server's words. */
export function useRefusalText(): (error: unknown) => string {
  const { i18n, t } = useTranslation();
  return useCallback(
    (error) => {
      const refusal = toRefusal(error);
      const key = `refusal.${refusal.code}`;
      return i18n.exists(key) ? t(key, { seconds: refusal.retry_after_seconds ?? 0 }) : refusal.message;
    },
    [i18n, t],
  );
}
