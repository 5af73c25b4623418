import { describe, expect, it } from 'vitest';
import { dueState, spanWords } from './due';

const minute = 60_000;
const now = new Date('2026-11-22T12:00:00Z');

describe('due', () => {
  it('is overdue once the moment has passed', () => {
    expect(dueState('2026-11-22T11:59:59Z', now)).toBe('overdue');
  });
  it('is soon within two hours and later after that', () => {
    expect(dueState('2026-11-22T14:00:00Z', now)).toBe('soon');
    expect(dueState('2026-11-22T14:00:01Z', now)).toBe('later');
  });
});

describe('spanWords', () => {
  it('names the two greatest units', () => {
    expect(spanWords(2 * 1440 * minute + 4 * 60 * minute + 9 * minute, 'en')).toBe('2d 4h');
    expect(spanWords(75 * minute, 'en')).toBe('1h 15m');
  });
  it('leaves out minutes when days are counted', () => {
    expect(spanWords(1440 * minute + 5 * minute, 'en')).toBe('1d');
  });
  it('never says less than a minute', () => {
    expect(spanWords(10, 'en')).toBe('1m');
  });
  it('counts backwards too', () => {
    expect(spanWords(-60 * minute, 'en')).toBe('1h');
  });
  it('speaks Japanese', () => {
    expect(spanWords(26 * 60 * minute, 'ja')).toBe('1日2時間');
  });
});
