import { describe, expect, it } from 'vitest';
import { initials } from './Avatar';
import { formatFor, saidBytes, withoutGaps } from './format';

describe('Formats', () => {
  const format = formatFor({ locale: 'en', time_zone: 'Asia/Tokyo' });

  it('show an instant in the zone of the person', () => {
    expect(format.instant('2026-11-04T20:30:00.000Z')).toMatch(/^Nov 5, 2026, 5:30\sAM$/);
  });

  it('show a span within one day with that day once', () => {
    const chinese = formatFor({ locale: 'zh', time_zone: 'UTC' });
    expect(chinese.span('2026-11-24T08:00:00Z', '2026-11-24T09:00:00Z')).toBe('2026年11月24日 08:00 – 09:00');
    expect(chinese.span('2026-11-24T08:00:00Z', '2026-11-25T09:00:00Z')).toBe('2026年11月24日 08:00 – 2026年11月25日 09:00');
  });

  it('show a day as it was given, whatever the zone', () => {
    expect(format.date('2026-11-04')).toBe('Nov 4, 2026');
  });

  it('show how long ago in the largest fitting unit', () => {
    const now = new Date('2026-11-04T12:00:00Z');
    expect(format.relative('2026-11-04T09:10:00Z', now)).toBe('2 hours ago');
    expect(format.relative('2026-11-06T12:00:00Z', now)).toBe('in 2 days');
  });

  it('set no space between a number and its unit in Japanese', () => {
    const japanese = formatFor({ locale: 'ja', time_zone: 'Asia/Tokyo' });
    expect(japanese.relative('2026-11-04T11:22:00Z', new Date('2026-11-04T12:00:00Z'))).toBe('38分前');
    expect(withoutGaps('5 時間 32 分', 'ja')).toBe('5時間32分');
    expect(withoutGaps('5 hr 32 min', 'en')).toBe('5 hr 32 min');
  });

  it('count days by the calendar of the person, not by hours', () => {
    const now = new Date('2026-11-04T12:00:00Z'); // 21:00 in Tokyo
    expect(format.relative('2026-11-02T20:00:00Z', now)).toBe('yesterday'); // 40 hours, on the 3rd in Tokyo
    expect(format.relative('2026-11-02T14:00:00Z', now)).toBe('2 days ago'); // 46 hours, on the 2nd
    expect(format.relative('2026-11-03T13:00:00Z', now)).toBe('23 hours ago');
    expect(format.relative('2026-11-05T13:00:00Z', now)).toBe('tomorrow');
    expect(format.relative('2026-10-27T12:00:00Z', now)).toBe('last week');
    const hawaii = formatFor({ locale: 'en', time_zone: 'Pacific/Honolulu' });
    expect(hawaii.relative('2026-11-02T20:00:00Z', now)).toBe('2 days ago'); // the 2nd and the 4th there
  });

  it('show sizes of files in units that people know', () => {
    expect(format.bytes(482_113)).toBe('482 kB');
    expect(format.bytes(saidBytes(25 * 1024 * 1024))).toBe('25 MB');
    expect(format.bytes(1_500_000)).toBe('1.5 MB');
  });

  it('make initials of names in any script', () => {
    expect([initials('Ana Oliveira'), initials('佐藤 美咲'), initials('Plato'), initials('')]).toEqual(['AO', '佐', 'P', '?']);
  });
});
