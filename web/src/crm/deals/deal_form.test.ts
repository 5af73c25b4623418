import { describe, expect, it } from 'vitest';
import type { Outcome, Pipeline, Stage } from '@/api';
import { outcomeIn, settleDeal, stagesFor } from './deal_form';

const stage = (id: string, outcome: Outcome = 'open'): Stage => ({ id, name: `Stage ${id}`, probability: 10, outcome, forecast: null });
const [open, won, lost, other] = [stage('1'), stage('2', 'won'), stage('3', 'lost'), stage('4')];
const pipelines: Pipeline[] = [
  { id: '7', name: 'Standard', team_pipeline: '1', is_default: true, stages: [open, won, lost] },
  { id: '8', name: 'Renewals', team_pipeline: '1', is_default: false, stages: [other, won] },
];
const link = (id: string) => ({ id, title: '' });
const today = '2026-11-23';

describe('The form of a deal', () => {
  it('offers the stages of its own pipeline, and of the default one while none is chosen', () => {
    expect(stagesFor(pipelines, { pipeline: link('8') })).toEqual([other, won]);
    expect(stagesFor(pipelines, {})).toEqual([open, won, lost]);
    expect(stagesFor([], {})).toEqual([]);
  });

  it('knows whether the deal is open, won or lost', () => {
    expect(outcomeIn(pipelines, { stage: link('3') })).toBe('lost');
    expect(outcomeIn(pipelines, {})).toBe('open');
  });

  it('begins on the first stage of another pipeline, and stays on a stage that both have', () => {
    const first = { pipeline: link('7'), stage: link('1') };
    const settle = (values: Record<string, unknown>) => settleDeal(pipelines, { edited: 'pipeline', values, first, today });
    expect(settle({ pipeline: link('8'), stage: link('1') }).stage).toEqual({ id: '4', title: 'Stage 4' });
    expect(settle({ pipeline: link('8'), stage: link('2') }).stage).toEqual(link('2'));
  });

  it('closes a deal today, unless the person has said when', () => {
    const first = { stage: link('1'), closes_on: '2026-12-31' };
    const settle = (closes_on: string, to: string) =>
      settleDeal(pipelines, { edited: 'stage', values: { stage: link(to), closes_on }, first, today }).closes_on;
    expect(settle('2026-12-31', '2')).toBe(today);
    expect(settle('2026-11-20', '2')).toBe('2026-11-20');
    expect(settle('2026-12-31', '1')).toBe('2026-12-31');
  });

  it('takes the probability of a stage that is chosen', () => {
    const values = { stage: link('2'), probability: 40 };
    expect(settleDeal(pipelines, { edited: 'stage', values, first: values, today }).probability).toBe(10);
    expect(settleDeal(pipelines, { edited: 'name', values, first: values, today }).probability).toBe(40);
  });
});
