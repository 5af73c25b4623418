import { describe, expect, it } from 'vitest';
import { hoursAndMinutes, secondsTyped, stopwatchWords } from './duration';

describe('lengths of time', () => {
  it('are shown in hours and minutes', () => {
    expect(hoursAndMinutes(5_400)).toBe('1:30');
    expect(hoursAndMinutes(29)).toBe('0:00');
    expect(hoursAndMinutes(360_000)).toBe('100:00');
    expect(stopwatchWords(3_725)).toBe('1:02:05');
  });
  it('are read as people type them', () => {
    expect(secondsTyped('1:30')).toBe(5_400);
    expect(secondsTyped('90')).toBe(5_400);
    expect(secondsTyped('15 min')).toBe(900);
    expect(secondsTyped('1h 30m')).toBe(5_400);
    expect(secondsTyped('1,5h')).toBe(5_400);
    expect(secondsTyped('soon')).toBeNull();
    expect(secondsTyped('')).toBeNull();
  });
});
