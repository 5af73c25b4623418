// Every screen by name and address. `act` opens what has no address of its own.
import { desk_screens } from './desk_screens.mjs';

const press = (...keys) => async (page) => {
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForTimeout(500);
};
const settings = (name, act) => ({ name: `settings-${name}`, path: `/desk/:org/settings/${name}`, act });

export const screens = [
  ...desk_screens,
  { name: 'palette', path: '/desk/:org/contacts', act: (page) => page.keyboard.press('Control+k') },
  {
    name: 'palette-search', path: '/desk/:org/contacts',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('refund');
      await page.waitForTimeout(500);
    },
  },
  { name: 'notifications', path: '/desk/:org/contacts', act: press('g', 'n') },
  { name: 'shortcuts', path: '/desk/:org/contacts', act: (page) => page.keyboard.press('?') },
  { name: 'own-menu', path: '/desk/:org/contacts', act: (page) => page.getByRole('navigation').getByRole('button').last().click() },
  settings('my-account'),
  {
    name: 'settings-totp', path: '/desk/:org/settings/my-account',
    act: (page) => page.getByRole('button', { name: /^(Turn on|有効にする|开启|Ativar)$/ }).click(),
  },
  settings('organisation'),
  settings('users'),
  { name: 'settings-users-invite', path: '/desk/:org/settings/users', act: (page) => page.locator('main header button').last().click() },
  { name: 'settings-users-menu', path: '/desk/:org/settings/users', act: (page) => page.locator('table button').first().click() },
  settings('roles'),
  { name: 'settings-role', path: '/desk/:org/settings/roles', act: (page) => page.locator('tbody a').last().click() },
  settings('departments'),
  settings('service-levels'),
  { name: 'settings-service-levels-add', path: '/desk/:org/settings/service-levels', act: (page) => page.locator('main header button').last().click() },
  settings('business-hours'),
  { name: 'settings-business-hours-add', path: '/desk/:org/settings/business-hours', act: (page) => page.locator('main header button').first().click() },
  settings('email'),
  { name: 'settings-email-add', path: '/desk/:org/settings/email', act: (page) => page.locator('main header button').last().click() },
  {
    name: 'settings-email-check', path: '/desk/:org/settings/email',
    act: async (page) => {
      await page.locator('table button').last().click();
      await page.getByRole('menuitem').first().click();
      await page.getByRole('status').filter({ hasText: 'IMAP' }).waitFor({ timeout: 2000 }).catch(() => undefined);
    },
  },
  settings('parked-mails'),
  settings('notification-rules'),
  {
    name: 'settings-notification-rules-text', path: '/desk/:org/settings/notification-rules',
    act: (page) => page.locator('table button').first().click(),
  },
  settings('customer-ratings'),
  settings('fields'),
  { name: 'settings-fields-add', path: '/desk/:org/settings/fields', act: (page) => page.locator('main header button').last().click() },
  settings('statuses'),
  settings('layouts'),
  { name: 'settings-layout', path: '/desk/:org/settings/layouts', act: (page) => page.locator('main a, main table button').first().click() },
  settings('web-forms'),
  settings('telephone'),
  settings('ticket-sharing'),
  settings('automation-rules'),
  { name: 'settings-automation-rules-add', path: '/desk/:org/settings/automation-rules', act: (page) => page.locator('main header button').last().click() },
  settings('macros'),
  { name: 'settings-macros-add', path: '/desk/:org/settings/macros', act: (page) => page.locator('main header button').last().click() },
  settings('reply-templates'),
  { name: 'settings-reply-templates-add', path: '/desk/:org/settings/reply-templates', act: (page) => page.locator('main header button').last().click() },
  settings('webhooks'),
  { name: 'settings-webhooks-add', path: '/desk/:org/settings/webhooks', act: (page) => page.locator('main header button').last().click() },
  settings('imports'),
  settings('api'),
  { name: 'settings-api-add', path: '/desk/:org/settings/api', act: (page) => page.locator('main header button').last().click() },
  settings('recycle-bin'),
  settings('audit-log'),
  { name: 'settings-tree', path: '/desk/:org/settings' },
  { name: 'contacts-new', path: '/desk/:org/contacts', act: (page) => page.locator('main header button').last().click() },
  { name: 'confirm', path: '/desk/:org/settings/roles', act: async (page) => {
    await page.locator('table button').last().click();
    await page.getByRole('menuitem').last().click();
  } },
  { name: 'not-found', path: '/nowhere' },
  { name: 'signin', path: '/signin', signed_out: true },
  { name: 'forgotten', path: '/forgotten', signed_out: true },
  { name: 'reset', path: '/reset/abc', signed_out: true },
  { name: 'invitation', path: '/invitation/abc', signed_out: true },
  { name: 'invitation-old', path: '/invitation/old', signed_out: true },
];
