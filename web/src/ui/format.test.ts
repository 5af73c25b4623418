import { describe, expect, it } from 'vitest';
import { initials } from './Avatar';
import { formatFor } from './format';

describe('Formats', () => {
  const format = formatFor({ locale: 'en', time_zone: 'Asia/Tokyo' });

  it('show an instant in the zone of the person', () => {
    expect(format.instant('2026-11-04T20:30:00.000Z')).toMatch(/^Nov 5, 2026, 5:30\sAM$/);
  });

  it('show a day as it was given, whatever the zone', () => {
    expect(format.date('2026-11-04')).toBe('Nov 4, 2026');
  });

  it('show how long ago in the largest fitting unit', () => {
    const now = new Date('2026-11-04T12:00:00Z');
    expect(format.relative('2026-11-04T09:10:00Z', now)).toBe('2 hours ago');
    expect(format.relative('2026-11-06T12:00:00Z', now)).toBe('in 2 days');
  });

  it('show sizes of files in units that people know', () => {
    expect(format.bytes(482_113)).toBe('482 kB');
    expect(format.bytes(1_500_000)).toBe('1.5 MB');
  });

  it('make initials of names in any script', () => {
    expect([initials('Ana Oliveira'), initials('佐藤 美咲'), initials('Plato'), initials('')]).toEqual(['AO', '佐', 'P', '?']);
  });
});
