import { expect, it } from 'vitest';
import type { Pipeline, RecordData, Stage } from '@/api';
import { mayMove, nextStage, pipelineOf, stageForm } from './stages';

const stage = (id: string, outcome: Stage['outcome'] = 'open'): Stage => ({ id, name: `Stage ${id}`, probability: 10, outcome, forecast: null });
const pipeline = (id: string, stages: Stage[], is_default = false): Pipeline => ({ id, name: `Pipeline ${id}`, team_pipeline: '1', is_default, stages });
const deal = (more: Partial<RecordData>): RecordData => ({ id: '1', revision: 1, module: 'deals', title: 'Sale', custom: {}, may: [], ...more });

const first = stage('1');
const second = stage('2');
const won = stage('3', 'won');
const pipelines = [pipeline('7', [second]), pipeline('8', [first, second, won], true)];

it('A new deal begins on the first stage of the default pipeline', () => {
  expect(stageForm(pipelines)).toEqual({ pipeline: { id: '8', title: 'Pipeline 8' }, stage: { id: '1', title: 'Stage 1' } });
  expect(stageForm([])).toEqual({});
});

it('A deal goes to the stage beside its own, and not over the edge', () => {
  const { stages } = pipelines[1] ?? { stages: [] };
  expect(nextStage(stages, '1', 1)).toBe(second);
  expect(nextStage(stages, '2', -1)).toBe(first);
  expect(nextStage(stages, '1', -1)).toBeUndefined();
  expect(nextStage(stages, '3', 1)).toBeUndefined();
  expect(nextStage(stages, '99', 1)).toBeUndefined();
});

it('A deal is in the pipeline that it names, else in the default one', () => {
  expect(pipelineOf(pipelines, deal({ pipeline: { id: '7', title: '' } }))?.id).toBe('7');
  expect(pipelineOf(pipelines, deal({ pipeline: null }))?.id).toBe('8');
});

it('A deal is moved by who may change it and its stage', () => {
  expect(mayMove(deal({ may: ['update'] }))).toBe(true);
  expect(mayMove(deal({ may: ['read'] }))).toBe(false);
  expect(mayMove(deal({ may: ['update'], read_only: ['stage'] }))).toBe(false);
});
