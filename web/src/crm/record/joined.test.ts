import { expect, it } from 'vitest';
import type { Join } from '@/api';
import { joinedListsOf, saidField } from './joined';

const join = (module: string, list: string, of: string, said: Join['said'] = null): Join =>
  ({ module, list, label: list, of, holder: module, may_change: true, said });
const role: Join['said'] = { name: 'contact_role', label: 'Contact role', choices: [{ name: 'influencer', label: 'Influencer' }] };

it('A deal has the lists that are joined with deals, of records that have a page here', () => {
  const joins = [join('deals', 'contact_roles', 'contacts', role), join('deals', 'spaceships', 'spaceships'), join('products', 'deals', 'deals')];
  expect(joinedListsOf('deals', joins).map(({ list }) => list)).toEqual(['contact_roles']);
  expect(joinedListsOf('notes', joins)).toEqual([]);
});

it('What is said of each is a choice that may stay empty', () => {
  expect(saidField(join('deals', 'contact_roles', 'contacts', role))).toMatchObject({ name: 'contact_role', kind: 'choice', required: false, choices: role.choices });
  expect(saidField(join('deals', 'products', 'products'))).toBeNull();
});
