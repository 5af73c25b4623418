import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMeta, useModule } from '@/api';
import type { Named } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog, RowMenu, Section, SimpleTable, useConfirm } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { DeleteRow, EditRow } from '../RowActs';
import { useAct } from '../useAct';
import classes from './Pipelines.module.css';
import { usePipelineWrites } from './usePipelineWrites';

const name_chars_max = 100;

/** What a team sells: each holds sub-pipelines of its own. */
export function TeamPipelines() {
  const { t } = useText();
  const { pipelines, team_pipelines } = useMeta();
  const moduleLabel = useModuleLabel();
  const module = useModule('team_pipelines');
  const writes = usePipelineWrites();
  const act = useAct();
  const confirm = useConfirm();
  const [edited, setEdited] = useState<Named | 'new' | null>(null);
  const handleDelete = async (team: Named) => {
    const is_sure = await confirm({ title: t('pipelines.delete_title', { name: team.name }), body: t('pipelines.delete_team_help'), confirm: t('ui.delete') });
    if (is_sure) await act(() => writes.remove('team_pipelines', team.id));
  };
  const columns: SimpleColumn<Named>[] = [
    { name: 'name', label: t('pipelines.team_name'), show: (team) => team.name },
    { name: 'pipelines', label: moduleLabel(useModule('pipelines')), width: 160, show: (team) => pipelines.filter((each) => each.team_pipeline === team.id).length },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (team) => (
        <RowMenu label={t('settings.acts_for', { name: team.name })}>
          <EditRow onClick={() => setEdited(team)} />
          <DeleteRow onClick={() => void handleDelete(team)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <div className={classes.below}>
      <Section
        title={moduleLabel(module)} lead={t('pipelines.teams_help')}
        actions={<Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('records.new', { module: moduleLabel(module, 'one') })}</Button>}
      >
        <SimpleTable label={moduleLabel(module)} columns={columns} rows={team_pipelines} keyOf={(team) => team.id} />
      </Section>
      {edited !== null && <TeamDialog team={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </div>
  );
}

function TeamDialog({ team, onClose }: { team: Named | null; onClose: () => void }) {
  const { t } = useText();
  const label = useModuleLabel()(useModule('team_pipelines'), 'one');
  const writes = usePipelineWrites();
  const [name, setName] = useState(team?.name ?? '');
  return (
    <FormDialog
      title={team === null ? t('records.new', { module: label }) : team.name} is_open submit_label={team === null ? t('ui.create') : t('ui.save')} required={{ name }}
      onClose={onClose} onSubmit={() => (team === null ? writes.create('team_pipelines', { name }) : writes.change('team_pipelines', team.id, { name }))}
    >
      {(faultOf) => (
        <TextInput
          label={t('pipelines.team_name')} withAsterisk data-autofocus maxLength={name_chars_max} value={name} error={faultOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}
