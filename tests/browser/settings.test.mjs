// An administrator shapes the company; everybody chooses how Tandem looks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { joinAsAda, keepPicture, makeTicket, open, startBrowser } from './support/browser.mjs';
import { ada, startOffice } from './support/office.mjs';
import { showDetails } from './support/ways.mjs';

let office, browser, page, ticket;
before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  ticket = await makeTicket(page, { subject: 'The lamp flickers' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

test('a field of the company is made in the settings and filled on a ticket', async () => {
  await open(page, 'settings/fields');
  await page.getByRole('button', { name: 'New field' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New field' });
  await dialog.getByLabel('Label').fill('Order number');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('row').filter({ hasText: 'Order number' }).waitFor();
  await open(page, `tickets/${ticket.id}`);
  const side = await showDetails(page);
  await side.getByRole('button', { name: 'Edit Order number' }).click();
  await page.getByRole('textbox', { name: 'Order number' }).fill('A-1001');
  await page.keyboard.press('Enter');
  await side.getByText('A-1001').waitFor();
});

test('a status of the company stands in the menu of every ticket', async () => {
  await open(page, 'settings/statuses');
  await page.getByRole('button', { name: 'New status' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New status' });
  await dialog.getByLabel('Label').fill('Waiting for parts');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('row').filter({ hasText: 'Waiting for parts' }).waitFor();
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('button', { name: /^Status/ }).click();
  await page.getByRole('menuitemradio', { name: 'Waiting for parts' }).click();
  await page.getByRole('button', { name: /^Status.*Waiting for parts$/ }).waitFor();
});

test('a second department is made, and a ticket is moved to it', async () => {
  await open(page, 'settings/departments');
  await page.getByRole('button', { name: 'New department' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New department' });
  await dialog.getByLabel('Name').fill('Repairs');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('row').filter({ hasText: 'Repairs' }).waitFor();
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Repairs' }).click();
  await page.getByText('Moved to Repairs.').waitFor();
});

test('the audit log tells what was done', async () => {
  await open(page, 'settings/audit-log');
  await page.getByRole('table').getByText(ada.name).first().waitFor();
});

test('the whole application speaks Japanese when it is chosen, and English again', async () => {
  await open(page, 'settings/my-account');
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: '日本語' }).click();
  await page.getByRole('heading', { level: 1 }).filter({ hasText: /[\u3040-\u30ff\u4e00-\u9fff]/ }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'ja');
  for (const [path, name] of [['tickets', 'queue'], [`tickets/${ticket.id}`, 'ticket'], ['settings/my-account', 'my-account']]) {
    await open(page, path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.getByRole('button').filter({ hasText: /[\u3040-\u30ff\u4e00-\u9fff]/ }).first().waitFor();
    await keepPicture(page, `${name}-japanese`);
  }
  await page.getByRole('combobox', { name: '言語' }).click();
  await page.getByRole('option', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'My account' }).waitFor();
});

test('the dark theme is chosen in the account and stays after a reload', async () => {
  await open(page, 'settings/my-account');
  await page.getByRole('combobox', { name: 'Theme' }).click();
  await page.getByRole('option', { name: 'Dark' }).click();
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'My account' }).waitFor();
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  assert.deepEqual(page.faults, []);
});
