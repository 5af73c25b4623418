import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { toRefusal } from '@/api';
import type { Fault, Field, Refusal } from '@/api';
import { quotedIn } from './quoted';
import { spoken_by_server } from './spoken_by_server';

/** A fault beside the input it belongs to: no need to name the field. */
export type FaultText = (fault: Fault, field?: Pick<Field, 'max_chars'>) => string;

/** The words for the fault of one field, in the person's language, with the limit where it is known. */
export function useFaultText(): FaultText {
  const words = useWords();
  return useCallback((fault, field) => words(fault, { max: field?.max_chars }), [words]);
}

/**
 * The words for a refusal, in the person's language. They may stand far from any input, so the field at fault
 * is named where the catalogue knows it.
 */
export function useRefusalText(): (error: unknown) => string {
  const { i18n, t } = useTranslation();
  const words = useWords();
  return useCallback(
    (error) => {
      const refusal = toRefusal(error);
      const said = words(refusal, { seconds: refusal.retry_after_seconds ?? 0 });
      const field = lastPart(refusal.field);
      const says_where =
        said === refusal.message || !isGeneral(refusal.code) || i18n.exists(`refusal_at.${field}.${refusal.code}`);
      const label = `field.any.${field}`;
      return says_where || !i18n.exists(label) ? said : t('ui.error.at_field', { field: t(label), words: said });
    },
    [i18n, t, words],
  );
}

interface Limits {
  seconds?: number;
  max?: number;
}

function useWords(): (said: Fault | Refusal, limits: Limits) => string {
  const { i18n, t } = useTranslation();
  return useCallback(
    ({ code, field, message }, { max, seconds }) => {
      const values = { max, seconds, message, quoted: quotedIn(message) };
      const at_field = `refusal_at.${lastPart(field)}.${code}`;
      if (field !== null && i18n.exists(at_field)) return t(at_field, values);
      if (i18n.language === 'en' && message !== '' && isGeneral(code)) return message;
      if (code === 'too_long' && max !== undefined) return t('refusal.too_long_max', values);
      const key = `refusal.${code}`;
      if (i18n.exists(key)) return t(key, values);
      if (/^status_5/.test(code)) return t('refusal.internal', values);
      return i18n.language === 'en' || code === 'bulk_partly' ? message : t('refusal.unknown', values);
    },
    [i18n, t],
  );
}

/** Many refusals share the code, so that the server's own English says more than our words for it. */
function isGeneral(code: string): boolean {
  return spoken_by_server.has(code);
}

/** "imap.host" is the input "host". */
function lastPart(field: string | null): string {
  return (field ?? '').split('.').at(-1) ?? '';
}
