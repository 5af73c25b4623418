// What a phone shows: every place within reach of a thumb and of a keyboard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings, isReady, joinAsAda, keepPicture, open, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

/** The least a finger hits, in CSS pixels. */
const target_min = 44;
const main_places = { Tickets: 'tickets', Contacts: 'contacts', Activities: 'activities' };
const more_places = { Accounts: 'accounts', Products: 'products', Dashboard: 'dashboard', Settings: 'settings' };

let office, browser, page;
const bar = () => page.getByRole('navigation', { name: 'Main navigation' });
const more = () => bar().getByRole('button', { name: /^More/ });
/** Keys reach the menu once the cursor is in it, a moment after it is seen. */
const inMenu = () => page.waitForFunction(() => document.activeElement?.closest('[role=menu]'));

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  await page.setViewportSize(phone);
  await open(page, 'tickets');
  await bar().waitFor();
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

test('every place is reached from the bar of a phone, and nothing scrolls sideways', async () => {
  for (const [name, path] of Object.entries(main_places)) {
    await bar().getByRole('link', { name }).click();
    await page.waitForURL(`**/${path}`);
    await bar().locator('a[aria-current=page]', { hasText: name }).waitFor();
    await isReady(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, name);
  }
  for (const [name, path] of Object.entries(more_places)) {
    await more().click();
    await page.getByRole('menuitem', { name }).click();
    await page.waitForURL(`**/${path}**`);
  }
  assert.deepEqual(page.faults, []);
});

test('the menu of the bar works by keyboard, and says where one is', async () => {
  await open(page, 'accounts');
  await more().press('Enter');
  await page.getByRole('menuitem', { name: 'Accounts' }).waitFor();
  assert.equal(await page.getByRole('menuitem', { name: 'Accounts' }).getAttribute('aria-current'), 'page');
  await keepPicture(page, 'phone-menu');
  await inMenu();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('menuitem', { name: 'Products' }).press('Enter');
  await page.waitForURL('**/products');
  await more().press('Enter');
  await page.getByRole('menuitem', { name: 'Dashboard' }).waitFor();
  await inMenu();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('More'));
});

test('what a thumb presses is large enough, and axe finds nothing', async () => {
  await open(page, 'tickets');
  await isReady(page);
  const targets = [
    ...(await bar().getByRole('link').all()), ...(await bar().getByRole('button').all()),
    page.getByRole('search').getByRole('button'), page.getByRole('button', { name: /^Notifications/ }),
  ];
  for (const target of targets) {
    const { width, height } = await target.boundingBox();
    assert.ok(width >= target_min && height >= target_min, `${await target.textContent()}: ${width} x ${height}`);
  }
  await more().click();
  for (const item of await page.getByRole('menuitem').all()) assert.ok((await item.boundingBox()).height >= target_min);
  assert.deepEqual(await findings(page), []);
});
