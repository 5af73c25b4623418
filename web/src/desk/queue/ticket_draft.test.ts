import { beforeEach, expect, it } from 'vitest';
import { draftPlace, isWorthKeeping, keepTicketDraft, recallTicketDraft } from './ticket_draft';

beforeEach(() => sessionStorage.clear());
const nothing = { values: { department: { id: '7', title: 'Support' } }, contact: null, files: [] };

it('A ticket that was begun comes back where it was begun, and nowhere else', () => {
  const draft = { ...nothing, values: { subject: 'Router', description: '<p>It blinks</p>' } };
  keepTicketDraft('1', draft);
  expect(recallTicketDraft('1')).toEqual(draft);
  expect(recallTicketDraft('1.contact')).toBeNull();
  keepTicketDraft('1', null);
  expect(recallTicketDraft('1')).toBeNull();
});

it('What was only chosen for a start is not worth keeping', () => {
  expect(isWorthKeeping(nothing)).toBe(false);
  expect(isWorthKeeping({ ...nothing, values: { description: '<p></p>' } })).toBe(false);
  expect(isWorthKeeping({ ...nothing, values: { subject: 'Router' } })).toBe(true);
});

it('What is stored and cannot be read is no draft', () => {
  sessionStorage.setItem('tandem.new_ticket.1', '{');
  expect(recallTicketDraft('1')).toBeNull();
});

it('A ticket that somebody began is not shown to who signs in after them', () => {
  keepTicketDraft(draftPlace('1', 'ana'), { ...nothing, values: { subject: 'Router' } });
  expect(recallTicketDraft(draftPlace('1', 'ben'))).toBeNull();
  expect(recallTicketDraft(draftPlace('1', 'ana', '9'))).toBeNull();
  expect(recallTicketDraft(draftPlace('1', 'ana'))?.values).toEqual({ subject: 'Router' });
});
