import { useOptionalText } from '@/i18n';

/** Why a mail is parked: a reason of its own, or the refusal of reading it. */
export function useParkedReason(): (reason: string) => string {
  const text = useOptionalText();
  return (reason) => text(`settings.parked_mails.reasons.${reason}`, text(`refusal.${reason}`, reason));
}
