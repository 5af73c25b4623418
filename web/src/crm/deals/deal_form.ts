import type { Outcome, Pipeline, Stage } from '@/api';
import { linkedId } from '@/fields';
import { defaultPipeline } from './stages';

type Values = Record<string, unknown>;

/** The stages that a deal may stand on, as its form says which pipeline it is in. */
export function stagesFor(pipelines: Pipeline[], values: Values): Stage[] {
  const chosen = pipelines.find((each) => each.id === linkedId(values.pipeline)) ?? defaultPipeline(pipelines);
  return chosen?.stages ?? [];
}

/** Whether a deal with these values is open, won or lost. */
export function outcomeIn(pipelines: Pipeline[], values: Values): Outcome {
  const stage = linkedId(values.stage);
  return pipelines.flatMap(({ stages }) => stages).find((each) => each.id === stage)?.outcome ?? 'open';
}

interface DealEdit {
  edited: string;
  values: Values;
  /** What stood in the form at first. */
  first: Values;
  /** "2026-11-04" */
  today: string;
}

/**
 * In another pipeline a deal begins on the first stage. A stage brings its probability, and one that is won or lost was so today, unless
 * somebody says when.
 */
export function settleDeal(pipelines: Pipeline[], { edited, values, first, today }: DealEdit): Values {
  const stages = stagesFor(pipelines, values);
  if (edited === 'pipeline' && stages.length > 0 && !stages.some((each) => each.id === linkedId(values.stage))) {
    const begins = stages[0];
    return begins === undefined ? values : { ...values, stage: { id: begins.id, title: begins.name }, probability: begins.probability };
  }
  const chosen = edited === 'stage' ? stages.find((each) => each.id === linkedId(values.stage)) : undefined;
  if (chosen === undefined) return values;
  const is_closed_now = chosen.outcome !== 'open' && outcomeIn(pipelines, first) === 'open' && values.closes_on === first.closes_on;
  return { ...values, probability: chosen.probability, ...(is_closed_now ? { closes_on: today } : {}) };
}
