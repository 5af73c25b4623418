import { describe, expect, it } from 'vitest';
import { readRows, rowsBody } from './policy_conditions';
import { fromUnit, inUnit, policyBody, policyForm, unitOf } from './policy_form';

describe('conditions of a policy', () => {
  it('are rows when all of them must be met', () => {
    expect(readRows({})).toEqual([]);
    expect(readRows({ field: 'channel', is: 'phone' })).toEqual([{ field: 'channel', comparison: 'is_one_of', values: ['phone'] }]);
    const two = { all_of: [{ field: 'priority', is_one_of: ['high', 'urgent'] }, { field: 'subject', contains: 'router' }] };
    expect(rowsBody(readRows(two) ?? [])).toEqual(two);
  });
  it('stay as they are when rows cannot say them', () => {
    expect(readRows({ any_of: [{ field: 'channel', is: 'phone' }] })).toBeNull();
    expect(readRows({ field: 'due_at', before: 'now' })).toBeNull();
    const level = {
      id: '1', name: 'Gold', position: 1, is_active: true, counting: 'business_hours' as const, targets: {}, levels: [],
      conditions: { none_of: [] },
    };
    expect(policyBody(policyForm(level))).not.toHaveProperty('conditions');
  });
  it('ask for nothing while no value is chosen', () => {
    expect(rowsBody([{ field: 'channel', comparison: 'is_one_of', values: [] }])).toEqual({});
  });
});

describe('a target', () => {
  it('is shown in hours when it is whole hours', () => {
    expect([unitOf(240), inUnit(240, 'hours'), fromUnit(4, 'hours')]).toEqual(['hours', 4, 240]);
    expect([unitOf(90), inUnit(90, 'minutes'), unitOf(0)]).toEqual(['minutes', 90, 'minutes']);
  });
});
