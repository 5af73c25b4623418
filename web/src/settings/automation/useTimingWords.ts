import type { RuleTiming } from '@/api';
import { useText } from '@/i18n';
import { timingForm } from './timing_form';

/** "7 days after its status changed". */
export function useTimingWords(): (timing: RuleTiming) => string {
  const { t } = useText();
  return (timing) => {
    const { wait, unit, is_before, moment, counting } = timingForm(timing);
    const span = t(`timed_rules.span.${counting}.${unit}`, { count: wait ?? 0 });
    return t(is_before ? 'timed_rules.span_before' : 'timed_rules.span_after', { span, moment: t(`timed_rules.moments.${moment}`) });
  };
}
