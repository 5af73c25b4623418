// Two tickets about one matter become one and are taken apart again; a message becomes a ticket of its own; tags.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, hasCursor, isReady, joinAsAda, keepPicture, make, makeTicket, native, open, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page, target, other;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  const mia = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' });
  const paul = await make(page, 'contacts', { first_name: 'Paul', last_name: 'Ray', email: 'paul@customer.test' });
  target = await makeTicket(page, { subject: 'The router is dark', contact: mia.id, channel: 'email', description: '<p>No light.</p>' });
  other = await makeTicket(page, { subject: 'Still no light', contact: paul.id, channel: 'email', description: '<p>It is me again.</p>' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const dialog = () => page.getByRole('dialog', { name: `Merge into #${target.number}` });

async function openMerge() {
  await page.getByRole('button', { name: 'More actions', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Merge…' }).click();
  await dialog().waitFor();
}

test('a ticket is merged by keyboard after a look at what will happen, and the merge is undone', async () => {
  await open(page, `tickets/${target.id}`);
  await page.getByRole('heading', { name: 'The router is dark' }).waitFor();
  await openMerge();
  await hasCursor(dialog().locator('[data-autofocus]').first());
  await page.keyboard.type('Still');
  await page.getByRole('option', { name: `#${other.number} Still no light` }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const preview = dialog().getByRole('region', { name: 'What will happen' });
  await preview.getByText('Copied from now on: paul@customer.test').waitFor();
  await preview.getByText('They belong to somebody else: Paul Ray').waitFor();
  await page.keyboard.press('Escape');
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'merge');
  await dialog().getByRole('button', { name: 'Merge', exact: true }).press('Enter');
  await dialog().waitFor({ state: 'detached' });
  await page.getByRole('article').filter({ hasText: 'Paul Ray' }).first().waitFor();
  const merged = await native(page, 'GET', `/desk/${companyOf(page)}/tickets/${other.id}`);
  assert.equal(merged.merged_into, target.id);
  await open(page, `tickets/${other.id}`);
  await page.getByText(`#${other.number} was merged into this ticket.`).waitFor();
  await page.getByRole('heading', { name: 'The router is dark' }).waitFor();
  await openMerge();
  await dialog().getByRole('button', { name: `Undo the merge of #${other.number}` }).click();
  await page.getByText('The tickets are apart again.').waitFor();
  assert.equal((await native(page, 'GET', `/desk/${companyOf(page)}/tickets/${other.id}`)).status, 'open');
});

test('the dialog fits a phone and the dark', async () => {
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, `tickets/${target.id}`);
  await openMerge();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'merge-phone-dark');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
  await page.setViewportSize({ width: 1360, height: 860 });
  await page.emulateMedia({ colorScheme: 'light' });
});

test('a message is split off, and both tickets name each other', async () => {
  const org = companyOf(page);
  await native(page, 'POST', `/desk/${org}/tickets/${target.id}/merge`, { tickets: [{ id: other.id }] });
  await open(page, `tickets/${target.id}`);
  const message = page.getByRole('article').filter({ hasText: 'Paul Ray' });
  await message.getByRole('button', { name: 'Make the message of Paul Ray a ticket of its own' }).click();
  const split = page.getByRole('dialog', { name: 'Split off a message' });
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await split.getByRole('textbox', { name: 'Subject of the new ticket' }).fill('The invoice');
  await split.getByRole('button', { name: 'Split off' }).click();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('heading', { name: 'The invoice' }).waitFor();
  await page.getByText(`split this off #${target.number}`).waitFor();
  assert.deepEqual(page.faults, []);
});
