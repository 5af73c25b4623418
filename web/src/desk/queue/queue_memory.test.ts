import { beforeEach, describe, expect, it } from 'vitest';
import { neighbours, recallQueue, rememberQueue } from './queue_memory';

beforeEach(() => sessionStorage.clear());

describe('the queue a ticket was opened from', () => {
  it('is kept for its organisation', () => {
    rememberQueue('1', { address: '/desk/1/tickets?view=mine', ids: ['7', '8'] });
    expect(recallQueue('1')).toEqual({ address: '/desk/1/tickets?view=mine', ids: ['7', '8'] });
    expect(recallQueue('2')).toBeNull();
  });
  it('is none when what is stored cannot be read', () => {
    sessionStorage.setItem('tandem.queue.1', '{');
    expect(recallQueue('1')).toBeNull();
  });
  it('knows what comes before and after', () => {
    const queue = { address: '', ids: ['7', '8', '9'] };
    expect(neighbours(queue, '8')).toEqual({ previous: '7', next: '9', place: 1 });
    expect(neighbours(queue, '9').next).toBeNull();
    expect(neighbours(queue, '1')).toEqual({ previous: null, next: null, place: -1 });
  });
});
