import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { findField, useMeta, useModule } from '@/api';
import type { Pipeline, Stage } from '@/api';
import { useChoiceLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { usePipelineWrites } from './usePipelineWrites';

interface StageDialogProps {
  pipeline: Pipeline;
  /** The stage to change; null for a new one. */
  stage: Stage | null;
  onClose: () => void;
}

const name_chars_max = 100;
const per_cent_max = 100;

/** A new stage of a pipeline, or another name, meaning, chance and forecast for one. */
export function StageDialog({ pipeline, stage, onClose }: StageDialogProps) {
  const { t } = useText();
  const { pipelines } = useMeta();
  const writes = usePipelineWrites();
  const [form, setForm] = useState({
    name: stage?.name ?? '', outcome: stage?.outcome ?? 'open', probability: stage?.probability ?? null, forecast: stage === null ? 'pipeline' : stage.forecast,
  });
  const set = (changes: Partial<typeof form>) => setForm((before) => ({ ...before, ...changes }));
  const choices = useStageChoices();
  const elsewhere = pipelines.filter((each) => each.id !== pipeline.id && each.stages.some(({ id }) => id === stage?.id));
  const setOutcome = (outcome: Stage['outcome']) =>
    set({ outcome, ...(outcome === 'won' ? { probability: per_cent_max, forecast: 'closed' } : outcome === 'lost' ? { probability: 0, forecast: 'omitted' } : {}) });
  return (
    <FormDialog
      title={stage === null ? t('pipelines.new_stage') : t('pipelines.edit_stage', { name: stage.name })} is_open submit_label={stage === null ? t('ui.create') : t('ui.save')}
      required={{ name: form.name, probability: form.probability }} onClose={onClose}
      onSubmit={() => (stage === null ? writes.addStage(pipeline.id, form) : writes.change('stages', stage.id, form))}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('pipelines.stage_name')} description={elsewhere.length > 0 ? t('pipelines.shared', { names: elsewhere.map((each) => each.name).join(', ') }) : undefined} withAsterisk
            data-autofocus maxLength={name_chars_max} value={form.name} error={faultOf('name')} onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Select
            label={t('pipelines.outcome')} allowDeselect={false} data={choices('outcome')} value={form.outcome} error={faultOf('outcome')}
            onChange={(outcome) => setOutcome(outcome === 'won' || outcome === 'lost' ? outcome : 'open')}
          />
          <NumberInput
            label={t('crm.field.any.probability')} description={t('pipelines.probability_help')} withAsterisk min={0} max={per_cent_max} allowDecimal={false} suffix="%"
            value={form.probability ?? ''} error={faultOf('probability')} onChange={(value) => set({ probability: value === '' ? null : Number(value) })}
          />
          <Select
            label={t('crm.field.any.forecast')} clearable data={choices('forecast')} value={form.forecast} error={faultOf('forecast')}
            onChange={(forecast) => set({ forecast })}
          />
        </>
      )}
    </FormDialog>
  );
}

/** The choices of a field of stages, in the person's language. */
function useStageChoices(): (name: 'outcome' | 'forecast') => { value: string; label: string }[] {
  const module = useModule('stages');
  const choiceLabel = useChoiceLabel();
  return (name) => {
    const field = findField(module, name);
    return field === undefined ? [] : (field.choices ?? []).map((choice) => ({ value: choice.name, label: choiceLabel('stages', field, choice) }));
  };
}
