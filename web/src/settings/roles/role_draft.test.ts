import { beforeEach, expect, it } from 'vitest';
import type { Role } from '@/api';
import { keepRoleDraft, recallRoleDraft } from './role_draft';

beforeEach(() => sessionStorage.clear());
const role: Role = { id: '7', name: 'Helpers', kind: 'custom', is_system: false, may_give: true, rights: { tickets: ['read'] }, fields: {}, duties: [] };

it('What was changed in a role and not saved is there again', () => {
  keepRoleDraft('ana', role, { ...role, name: 'Second line' });
  expect(recallRoleDraft('ana', role).name).toBe('Second line');
  keepRoleDraft('ana', role, role);
  expect(recallRoleDraft('ana', role)).toBe(role);
});

it('A draft of a role that somebody changed meanwhile is given up', () => {
  keepRoleDraft('ana', role, { ...role, name: 'Second line' });
  const newer = { ...role, rights: { tickets: ['read', 'update'] } };
  expect(recallRoleDraft('ana', newer)).toBe(newer);
});

it('What somebody changed in a role and did not save is not shown to who signs in after them', () => {
  keepRoleDraft('ana', role, { ...role, name: 'Second line' });
  expect(recallRoleDraft('ben', role)).toBe(role);
});
