import { expect, it } from 'vitest';
import { fromWallClock, toWallClock } from './wall_clock';

it('A time typed in a zone becomes the instant at which its clocks show it', () => {
  expect(fromWallClock('2026-11-04T11:21', 'Asia/Tokyo')).toBe('2026-11-04T02:21:00.000Z');
  expect(toWallClock('2026-11-04T02:21:00.000Z', 'Asia/Tokyo')).toBe('2026-11-04T11:21');
});

it('The change to summer time is respected on both sides', () => {
  expect(fromWallClock('2026-03-29T01:30', 'Europe/Berlin')).toBe('2026-03-29T00:30:00.000Z');
  expect(fromWallClock('2026-03-29T03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
});
