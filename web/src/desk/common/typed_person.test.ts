import { expect, it } from 'vitest';
import { personFromTyped } from './typed_person';

it('takes the last word as the last name', () => {
  expect(personFromTyped('Maria da Silva')).toEqual({ first_name: 'Maria da', last_name: 'Silva', email: null });
});
it('finds the address among the words', () => {
  expect(personFromTyped('Ana Lima <ana@example.com>')).toEqual({ first_name: 'Ana', last_name: 'Lima', email: 'ana@example.com' });
});
it('names a bare address by what stands before the @', () => {
  expect(personFromTyped('ana@example.com')).toEqual({ first_name: null, last_name: 'ana', email: 'ana@example.com' });
});
it('has nothing to say about nothing', () => {
  expect(personFromTyped(' ')).toEqual({ first_name: null, last_name: null, email: null });
});
