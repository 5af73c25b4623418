import { findField, useMay, useMeta, useModule } from '@/api';
import type { Choice } from '@/api';
import { useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { RowMenu, Section, SimpleTable, useConfirm } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { DeleteRow } from '../RowActs';
import { useAct } from '../useAct';
import classes from './Pipelines.module.css';
import { usePipelineWrites } from './usePipelineWrites';

/** Stages that no pipeline has, such as those that were retired. Nothing is shown while there are none. */
export function LooseStages() {
  const { t } = useText();
  const { pipelines } = useMeta();
  const sees_pipelines = useMay('read', 'pipelines');
  const stageName = useStageLabel();
  const writes = usePipelineWrites();
  const act = useAct();
  const confirm = useConfirm();
  const known = findField(useModule('pipelines'), 'stages')?.choices ?? [];
  const loose = known.filter(({ name }) => !pipelines.some(({ stages }) => stages.some(({ id }) => id === name)));
  if (!sees_pipelines || loose.length === 0) return null;
  const handleDelete = async ({ name, label }: Choice) => {
    const is_sure = await confirm({ title: t('pipelines.delete_title', { name: stageName(label) }), body: t('pipelines.delete_stage_help'), confirm: t('ui.delete') });
    if (is_sure) await act(() => writes.remove('stages', name), t('pipelines.stage_deleted', { stage: stageName(label) }));
  };
  const columns: SimpleColumn<Choice>[] = [
    { name: 'name', label: t('pipelines.stage'), show: ({ label }) => stageName(label) },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (stage) => <RowMenu label={t('settings.acts_for', { name: stageName(stage.label) })}><DeleteRow onClick={() => void handleDelete(stage)} /></RowMenu>,
    },
  ];
  return (
    <div className={classes.below}>
      <Section title={t('pipelines.loose')} lead={t('pipelines.loose_help')}>
        <SimpleTable label={t('pipelines.loose')} columns={columns} rows={loose} keyOf={(stage) => stage.name} />
      </Section>
    </div>
  );
}
