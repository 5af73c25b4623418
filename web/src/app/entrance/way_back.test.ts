import { expect, it } from 'vitest';
import { wayBack } from './way_back';

it('Who signs in goes back to where they wanted to go, and pages of the server are left for', () => {
  expect(wayBack('/desk/1/contacts?q=a')).toEqual({ address: '/desk/1/contacts?q=a', is_screen: true });
  expect(wayBack('/oauth/v2/auth?client_id=1000.a')).toEqual({ address: '/oauth/v2/auth?client_id=1000.a', is_screen: false });
  expect(wayBack('/oauthors')).toEqual({ address: '/oauthors', is_screen: true });
});

it('Nobody is led to another site', () => {
  for (const back of [null, '', 'https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)'])
    expect(wayBack(back)).toEqual({ address: '/', is_screen: true });
});
