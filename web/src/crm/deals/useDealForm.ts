import { useMeta } from '@/api';
import { useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import type { FormRules } from '@/records';
import { dayOf } from './days';
import { outcomeIn, settleDeal, stagesFor } from './deal_form';

/** A deal stands on a stage of its own pipeline; to win or lose it, its form says so and asks why. */
export function useDealForm(): FormRules {
  const { t } = useText();
  const { pipelines } = useMeta();
  const stageName = useStageLabel();
  return {
    choicesOf: (field, values) =>
      field.name === 'stage' ? stagesFor(pipelines, values).map((stage) => ({ id: stage.id, title: stageName(stage.name) })) : undefined,
    isAsked: (field, values) => field.name !== 'reason_for_loss' || outcomeIn(pipelines, values) === 'lost',
    settle: (edited, values, first) => settleDeal(pipelines, { edited, values, first, today: dayOf(new Date()) }),
    noteOn: (field, values, first) => {
      const outcome = outcomeIn(pipelines, values);
      if (field.name !== 'stage' || outcome === 'open' || outcomeIn(pipelines, first) === outcome) return undefined;
      return t(outcome === 'won' ? 'crm.deals.form_wins' : 'crm.deals.form_loses');
    },
  };
}
