import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Choice, Pipeline } from '@/api';
import { useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { usePipelineWrites } from './usePipelineWrites';

interface ExistingStageDialogProps {
  pipeline: Pipeline;
  /** Those that the pipeline lacks, by id. */
  stages: Choice[];
  onClose: () => void;
}

/** A stage of other pipelines, or one that was retired, for this pipeline as well. */
export function ExistingStageDialog({ pipeline, stages, onClose }: ExistingStageDialogProps) {
  const { t } = useText();
  const stageName = useStageLabel();
  const writes = usePipelineWrites();
  const [stage, setStage] = useState<string | null>(null);
  return (
    <FormDialog title={t('pipelines.use_stage')} is_open submit_label={t('pipelines.add')} required={{ stage }} onClose={onClose} onSubmit={() => writes.addStage(pipeline.id, { stage })}>
      {(faultOf) => (
        <Select
          label={t('pipelines.stage')} withAsterisk searchable data-autofocus data={stages.map(({ name, label }) => ({ value: name, label: stageName(label) }))} value={stage}
          error={faultOf('stage')} nothingFoundMessage={t('ui.nothing_found')} onChange={setStage}
        />
      )}
    </FormDialog>
  );
}
