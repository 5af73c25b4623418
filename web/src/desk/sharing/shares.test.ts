import { describe, expect, it } from 'vitest';
import type { Meta, RecordData } from '@/api';
import { chosenShares, departmentsLeft, shareOfEvent, sharesOf, shareWords, standingOn } from './shares';

const ticket: RecordData = {
  id: '1', revision: 1, module: 'tickets', title: 'Payment failed', custom: {}, may: [],
  department: { id: '10', title: 'Support' }, shares: ['20:restricted', '30:full'], is_shared: true,
};
const agentOf = (...department_ids: string[]): Pick<Meta['me'], 'role' | 'department_ids'> =>
  ({ role: { id: '1', name: 'Agent', kind: 'agent' }, department_ids });

describe('The shares of a ticket', () => {
  it('are read from its field, without what does not fit', () => {
    expect(sharesOf(ticket)).toEqual([{ department: '20', access: 'restricted' }, { department: '30', access: 'full' }]);
    expect(sharesOf({ ...ticket, shares: null })).toEqual([]);
    expect(sharesOf({ ...ticket, shares: ['20:own', '30', ':full', '40:read_only'] })).toEqual([{ department: '40', access: 'read_only' }]);
  });
  it('are written as they are read', () => {
    expect(shareWords(sharesOf(ticket))).toEqual({ shares: ticket.shares, is_shared: true });
    expect(shareWords([])).toEqual({ shares: [], is_shared: false });
  });
  it('begin with full access; who was chosen before keeps another one', () => {
    expect(chosenShares([{ department: '20', access: 'read_only' }], ['20', '30']))
      .toEqual([{ department: '20', access: 'read_only' }, { department: '30', access: 'full' }]);
  });
});

describe('Where I stand', () => {
  it('is the parent for who works in the department of the ticket, and for administrators', () => {
    expect(standingOn(ticket, agentOf('10', '20'))).toEqual({ side: 'parent' });
    expect(standingOn(ticket, { ...agentOf('20'), role: { id: '2', name: 'Administrator', kind: 'administrator' } })).toEqual({ side: 'parent' });
  });
  it('is a child with the most that one of my departments may do', () => {
    expect(standingOn(ticket, agentOf('20'))).toEqual({ side: 'child', access: 'restricted' });
    expect(standingOn(ticket, agentOf('20', '30'))).toEqual({ side: 'child', access: 'full' });
  });
});

it('Only enabled departments that have the ticket not yet are offered', () => {
  const departments = [
    { id: '10', name: 'Support', is_enabled: true }, { id: '20', name: 'Receivables', is_enabled: true },
    { id: '40', name: 'Sales', is_enabled: true }, { id: '50', name: 'Closed down', is_enabled: false },
  ];
  expect(departmentsLeft(departments, ticket).map((each) => each.name)).toEqual(['Sales']);
});

it('An event says which department it was about, and an event of something else does not', () => {
  expect(shareOfEvent({ department: '20', access: 'full' })).toEqual({ department: '20', access: 'full' });
  expect(shareOfEvent({ thread: '7' })).toBeNull();
  expect(shareOfEvent(null)).toBeNull();
});
