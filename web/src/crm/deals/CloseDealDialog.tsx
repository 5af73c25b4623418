import { Text } from '@mantine/core';
import { useState } from 'react';
import { findField, useModule } from '@/api';
import type { RecordData, Stage } from '@/api';
import { changesFor, FieldInput, useFieldLabel, useStageLabel, valueOf } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { dayOf } from './days';

interface CloseDealDialogProps {
  deal: RecordData;
  stage: Stage;
  onClose: () => void;
  onSubmit: (changes: Record<string, unknown>) => Promise<void>;
}

/** Asks whether a deal is won or lost, and what it came to. */
export function CloseDealDialog({ deal, stage, onClose, onSubmit }: CloseDealDialogProps) {
  const { t } = useText();
  const module = useModule('deals');
  const fieldLabel = useFieldLabel();
  const stageName = useStageLabel();
  const is_won = stage.outcome === 'won';
  const fields = (is_won ? ['amount', 'closes_on'] : ['closes_on', 'reason_for_loss']).flatMap((name) => findField(module, name) ?? []);
  const [values, setValues] = useState<Record<string, unknown>>({
    amount: deal.amount ?? null, closes_on: dayOf(new Date()), reason_for_loss: deal.reason_for_loss ?? null,
  });
  const words = { deal: deal.title, stage: stageName(stage.name) };
  const handleSubmit = () => {
    const changed = fields.filter((field) => values[field.name] !== (valueOf(deal, field) ?? null));
    return onSubmit(changesFor(changed.map((field) => ({ field, value: values[field.name] }))));
  };
  return (
    <FormDialog
      title={t(is_won ? 'crm.deals.win' : 'crm.deals.lose', words)} is_open submit_label={t(is_won ? 'crm.deals.win_act' : 'crm.deals.lose_act')}
      onClose={onClose} onSubmit={handleSubmit}
    >
      {(faultOf) => (
        <>
          <Text size="sm" c="dimmed">{t(is_won ? 'crm.deals.win_help' : 'crm.deals.lose_help', words)}</Text>
          {fields.map((field, at) => (
            <FieldInput
              key={field.name} module="deals" field={field} label={fieldLabel('deals', field)} is_first={at === 0} value={values[field.name] ?? null}
              error={faultOf(field.name)} onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
        </>
      )}
    </FormDialog>
  );
}
