import { describe, expect, it } from 'vitest';
import type { RecordData } from '@/api';
import { timesOf } from './service_times';

const ticket: RecordData = {
  id: '1', revision: 1, module: 'tickets', title: 'Router', custom: {}, may: [], status_type: 'open', closed_at: null,
  first_response_due_at: '2026-03-02T10:00:00.000Z', responded_at: null, first_response_left_minutes: null, resolution_left_minutes: null,
};

describe('the service level of a ticket', () => {
  it('awaits an answer until somebody answered or it is closed', () => {
    expect(timesOf(ticket).response_due_at).toBe('2026-03-02T10:00:00.000Z');
    expect(timesOf({ ...ticket, responded_at: '2026-03-02T09:30:00.000Z' }).response_due_at).toBeNull();
    expect(timesOf({ ...ticket, closed_at: '2026-03-02T09:30:00.000Z', status_type: 'closed' }).response_due_at).toBeNull();
  });
  it('says what is left while it is on hold', () => {
    const held = { ...ticket, status_type: 'on_hold', first_response_due_at: null, first_response_left_minutes: 30 };
    expect(timesOf(held).paused_minutes).toBe(30);
    expect(timesOf({ ...held, resolution_left_minutes: 390 }).paused_minutes).toBe(390);
    expect(timesOf({ ...held, status_type: 'open' }).paused_minutes).toBeNull();
  });
});
