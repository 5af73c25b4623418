import { expect, it } from 'vitest';
import { notePlace, recallPlace } from './useListPlace';

it('A list stands where it was left, and a new one at its top', () => {
  notePlace('/desk/1/tickets?view=open', 840);
  expect(recallPlace('/desk/1/tickets?view=open')).toBe(840);
  expect(recallPlace('/desk/1/tickets?view=mine')).toBe(0);
});

it('Of many lists the one left longest ago is forgotten', () => {
  notePlace('first', 10);
  for (let count = 0; count < 50; count += 1) notePlace(`list ${count}`, 20);
  expect(recallPlace('first')).toBe(0);
  expect(recallPlace('list 49')).toBe(20);
});
