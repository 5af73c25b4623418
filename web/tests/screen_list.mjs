// Every screen by name and address. `act` opens what has no address of its own.
const settings = (name, act) => ({ name: `settings-${name}`, path: `/desk/:org/settings/${name}`, act });

export const screens = [
  { name: 'tickets', path: '/desk/:org/tickets' },
  { name: 'contacts', path: '/desk/:org/contacts' },
  { name: 'palette', path: '/desk/:org/contacts', act: (page) => page.keyboard.press('Control+k') },
  {
    name: 'palette-search', path: '/desk/:org/contacts',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('refund');
      await page.waitForTimeout(500);
    },
  },
  { name: 'shortcuts', path: '/desk/:org/contacts', act: (page) => page.keyboard.press('?') },
  { name: 'own-menu', path: '/desk/:org/contacts', act: (page) => page.getByRole('navigation').getByRole('button').last().click() },
  { name: 'not-found', path: '/nowhere' },
  { name: 'signin', path: '/signin', signed_out: true },
  { name: 'forgotten', path: '/forgotten', signed_out: true },
  { name: 'reset', path: '/reset/abc', signed_out: true },
  { name: 'invitation', path: '/invitation/abc', signed_out: true },
  { name: 'invitation-old', path: '/invitation/old', signed_out: true },
];
