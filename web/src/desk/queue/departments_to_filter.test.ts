import { expect, it } from 'vitest';
import { departmentsToFilter } from './departments_to_filter';

const departments = ['Support', 'Billing', 'Closed'].map((name, index) => ({ id: String(index), name, is_enabled: name !== 'Closed' }));
const agent = { role: { id: '1', name: 'Agent', kind: 'agent' as const }, department_ids: ['1', '2'] };
const administrator = { ...agent, role: { ...agent.role, kind: 'administrator' as const } };
const namesFor = (...asked: Parameters<typeof departmentsToFilter>) => departmentsToFilter(...asked).map(({ name }) => name);

it('offers an agent the departments they belong to, and an administrator all of them', () => {
  expect(namesFor(departments, agent, null)).toEqual(['Billing']);
  expect(namesFor(departments, administrator, null)).toEqual(['Support', 'Billing']);
});

it('keeps the one that is chosen', () => {
  expect(namesFor(departments, agent, '0')).toEqual(['Support', 'Billing']);
});
