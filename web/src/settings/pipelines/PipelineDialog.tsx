import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMeta, useModule } from '@/api';
import type { Pipeline } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { usePipelineWrites } from './usePipelineWrites';

const name_chars_max = 100;

/** A new pipeline with the stages of another one to begin with, or another name for one that is there. */
export function PipelineDialog({ pipeline, onClose }: { pipeline: Pipeline | null; onClose: () => void }) {
  const { t } = useText();
  const { pipelines, team_pipelines } = useMeta();
  const label = useModuleLabel()(useModule('pipelines'), 'one');
  const writes = usePipelineWrites();
  const [name, setName] = useState(pipeline?.name ?? '');
  const [team, setTeam] = useState(pipeline?.team_pipeline ?? team_pipelines[0]?.id ?? '');
  const [model, setModel] = useState((pipelines.find((each) => each.is_default) ?? pipelines[0])?.id ?? '');
  const handleSubmit = () => {
    if (pipeline !== null) return writes.change('pipelines', pipeline.id, { name });
    const stages = pipelines.find((each) => each.id === model)?.stages.map((stage) => stage.id) ?? [];
    return writes.create('pipelines', { name, team_pipeline: team, stages });
  };
  return (
    <FormDialog
      title={pipeline === null ? t('records.new', { module: label }) : pipeline.name} is_open submit_label={pipeline === null ? t('ui.create') : t('ui.save')}
      required={{ name }} onClose={onClose} onSubmit={handleSubmit}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('pipelines.name')} withAsterisk data-autofocus maxLength={name_chars_max} value={name} error={faultOf('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {pipeline === null && team_pipelines.length > 1 && (
            <Select
              label={t('pipelines.team')} allowDeselect={false} value={team} error={faultOf('team_pipeline')}
              data={team_pipelines.map((each) => ({ value: each.id, label: each.name }))} onChange={(id) => id !== null && setTeam(id)}
            />
          )}
          {pipeline === null && (
            <Select
              label={t('pipelines.begins_with')} description={t('pipelines.begins_with_help')} allowDeselect={false} value={model} error={faultOf('stages')}
              data={pipelines.map((each) => ({ value: each.id, label: each.name }))} onChange={(id) => id !== null && setModel(id)}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
