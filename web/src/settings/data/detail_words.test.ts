import { expect, it } from 'vitest';
import { detailWords } from './detail_words';

it('The detail of an audit entry is a line without English words or JSON', () => {
  expect(detailWords('member_invited', 'ana@example.com as Agent')).toBe('ana@example.com, Agent');
  expect(detailWords('member_invited', 'ana@example.com again')).toBe('ana@example.com');
  expect(detailWords('member_role_changed', 'ana@example.com: Agent to Administrator')).toBe('ana@example.com: Agent → Administrator');
  expect(detailWords('role_changed', 'Reader: {"tickets":["read"]}')).toBe('Reader');
  expect(detailWords('organisation_renamed', 'Aurora')).toBe('Aurora');
  expect(detailWords('signed_in', null)).toBe('');
});
