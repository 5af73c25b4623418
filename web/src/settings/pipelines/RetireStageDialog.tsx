import { Checkbox, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useMeta } from '@/api';
import type { Pipeline, Stage } from '@/api';
import { useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog, useFormat, useToast } from '@/ui';
import { usePipelineWrites } from './usePipelineWrites';

interface RetireStageDialogProps {
  pipeline: Pipeline;
  stage: Stage;
  onClose: () => void;
}

/** Asks where the deals of a stage go when the pipeline has it no longer, and whether the stage goes as well when no other has it. */
export function RetireStageDialog({ pipeline, stage, onClose }: RetireStageDialogProps) {
  const { t } = useText();
  const format = useFormat();
  const toast = useToast();
  const stageName = useStageLabel();
  const writes = usePipelineWrites();
  const others = pipeline.stages.filter((each) => each.id !== stage.id);
  const at = pipeline.stages.indexOf(stage);
  const [target, setTarget] = useState((others[at] ?? others[at - 1])?.id ?? null);
  const [moved, setMoved] = useState(0);
  const [deletes, setDeletes] = useState(false);
  const is_elsewhere = useMeta().pipelines.some((each) => each.id !== pipeline.id && each.stages.some(({ id }) => id === stage.id));
  const closes = others.find((each) => each.id === target)?.outcome ?? 'open';
  const handleSubmit = async () => {
    const all = await writes.retireStage({ pipeline: pipeline.id, id: stage.id, target }, setMoved);
    toast.done(t('pipelines.retired', { count: all, number: format.number(all), stage: stageName(stage.name) }));
    // The pipeline lacks it already: what is refused now is no reason to ask for all that again.
    if (deletes) await writes.remove('stages', stage.id).catch(toast.refused);
  };
  return (
    <FormDialog title={t('pipelines.retire_title', { stage: stageName(stage.name) })} is_open submit_label={t('pipelines.retire')} required={{ target }} onClose={onClose} onSubmit={handleSubmit}>
      {(faultOf) => (
        <>
          <Text size="sm" c="dimmed">{t('pipelines.retire_help', { pipeline: pipeline.name })}</Text>
          <Select
            label={t('pipelines.target')} allowDeselect={false} data-autofocus value={target} data={others.map((each) => ({ value: each.id, label: stageName(each.name) }))}
            error={faultOf('target') ?? faultOf('stage')} onChange={setTarget}
          />
          {!is_elsewhere && (
            <Checkbox label={t('pipelines.retire_deletes')} description={t('pipelines.delete_stage_help')} checked={deletes} onChange={(event) => setDeletes(event.currentTarget.checked)} />
          )}
          <div role="status">
            {closes !== 'open' && <Text size="sm">{t(closes === 'won' ? 'pipelines.target_wins' : 'pipelines.target_loses')}</Text>}
            {moved > 0 && <Text size="sm">{t('pipelines.moved_so_far', { count: moved, number: format.number(moved) })}</Text>}
          </div>
        </>
      )}
    </FormDialog>
  );
}
