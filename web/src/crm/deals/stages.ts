import type { Pipeline, RecordData, Stage } from '@/api';
import { linkedId } from '@/fields';

/** The pipeline that a deal is in; the default one of a deal that names none. */
export function pipelineOf(pipelines: Pipeline[], deal: RecordData): Pipeline | undefined {
  return pipelines.find((each) => each.id === linkedId(deal.pipeline)) ?? defaultPipeline(pipelines);
}

export function defaultPipeline(pipelines: Pipeline[]): Pipeline | undefined {
  return pipelines.find((each) => each.is_default) ?? pipelines[0];
}

/** Where a new deal begins: on the first stage of the default pipeline. */
export function stageForm(pipelines: Pipeline[]): Record<string, unknown> {
  const pipeline = defaultPipeline(pipelines);
  const stage = pipeline?.stages[0];
  if (pipeline === undefined || stage === undefined) return {};
  return { pipeline: { id: pipeline.id, title: pipeline.name }, stage: { id: stage.id, title: stage.name } };
}

/** The stage beside this one, to the left (-1) or right (1). */
export function nextStage(stages: Stage[], current: string | null, step: -1 | 1): Stage | undefined {
  const here = stages.findIndex((stage) => stage.id === current);
  return here === -1 ? undefined : stages[here + step];
}

/** May the person move the deal? */
export function mayMove(deal: RecordData): boolean {
  return deal.may.includes('update') && !(deal.read_only ?? []).includes('stage');
}
