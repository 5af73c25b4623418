import { useMeta } from '@/api';
import type { Linked } from '@/api';
import { useStageLabel } from '../labels';

/** The records of a module that the organisation's definitions name, all of them; null of one whose records are searched. */
export function useListedRecords(module: string): Linked[] | null {
  const { departments, pipelines, team_pipelines } = useMeta();
  const stageLabel = useStageLabel();
  const named = (each: { id: string; name: string }) => ({ id: each.id, title: each.name });
  if (module === 'departments') return departments.filter((each) => each.is_enabled).map(named);
  if (module === 'pipelines') return pipelines.map(named);
  if (module === 'team_pipelines') return team_pipelines.map(named);
  if (module !== 'stages') return null;
  return [...new Map(pipelines.flatMap(({ stages }) => stages).map((stage) => [stage.id, { id: stage.id, title: stageLabel(stage.name) }])).values()];
}
