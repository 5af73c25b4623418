// A ticket is marked as spam with its sender, stands in the view Spam alone and comes back; the block list is looked after.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings, isReady, joinAsAda, keepPicture, make, makeTicket, open, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page, ticket;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  const shop = await make(page, 'contacts', { last_name: 'Shop', email: 'shop@ads.test' });
  ticket = await makeTicket(page, { subject: 'Cheap pills', contact: shop.id, channel: 'email', description: '<p>Buy now.</p>' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

test('a ticket is marked as spam and its sender is blocked', async () => {
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('button', { name: 'More actions', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Mark as spam' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mark the ticket as spam' });
  await dialog.getByRole('checkbox', { name: 'Block shop@ads.test' }).check();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'spam-dialog');
  await dialog.getByRole('button', { name: 'Mark as spam' }).click();
  await page.getByText('This ticket is marked as spam.').waitFor();
  await open(page, 'tickets?view=all');
  await page.getByRole('heading', { name: 'All tickets' }).waitFor();
  await isReady(page);
  assert.equal(await page.getByText('Cheap pills').count(), 0);
});

test('the view Spam lists it, on a phone in the dark, too, and it comes back', async () => {
  await open(page, 'tickets?view=spam');
  await page.getByText('Cheap pills').first().waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'spam-view');
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, 'tickets?view=spam');
  await page.getByText('Cheap pills').first().waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'spam-phone-dark');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
});

test('the settings show who is blocked and take others', async () => {
  await open(page, 'settings/spam');
  await page.getByText('shop@ads.test', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Address, domain or telephone number' }).fill('junk.test');
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByText('@junk.test', { exact: true }).waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'spam-settings');
  await page.getByRole('button', { name: 'Unblock @junk.test' }).click();
  await page.getByText('@junk.test', { exact: true }).waitFor({ state: 'detached' });
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('button', { name: 'Not spam' }).click();
  await page.getByText('This ticket is marked as spam.').waitFor({ state: 'detached' });
  assert.deepEqual(page.faults.filter((each) => !/409|422/.test(each)), []);
});
