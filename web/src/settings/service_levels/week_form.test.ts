import { describe, expect, it } from 'vitest';
import type { BusinessHours } from '@/api';
import { nextRange, weekBody, weekForm, weekWords } from './week_form';

const office: BusinessHours = {
  id: '1', name: 'Office', time_zone: 'UTC', holiday_list: null, is_usual: true, departments: [],
  week: {
    monday: ['09:00-12:00', '13:00-17:00'], tuesday: ['09:00-12:00', '13:00-17:00'], wednesday: ['09:00-24:00'],
    thursday: [], friday: [], saturday: [], sunday: ['22:00-06:00'],
  },
};

describe('the week of business hours', () => {
  it('goes through the form unchanged, the end of a day as midnight', () => {
    const body = weekBody(weekForm(office));
    expect(body.monday).toEqual(['09:00-12:00', '13:00-17:00']);
    expect(body.wednesday).toEqual(['09:00-00:00']);
    expect(body.friday).toEqual([]);
  });
  it('begins with office hours from Monday to Friday', () => {
    const body = weekBody(weekForm(null));
    expect([body.monday, body.friday, body.sunday]).toEqual([['09:00-17:00'], ['09:00-17:00'], []]);
  });
  it('is told in short, the same days together', () => {
    expect(weekWords(office, 'en')).toBe('Mon – Tue 09:00–12:00, 13:00–17:00 · Wed 09:00–24:00 · Sun 22:00–06:00');
  });
  it('offers the afternoon after lunch', () => {
    expect(nextRange([{ from: '09:00', until: '12:00' }])).toEqual({ from: '13:00', until: '17:00' });
  });
});
