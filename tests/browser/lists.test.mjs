// A list as a board, as a file, and out of a file; tickets merged from the list.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before } from 'node:test';
import { companyOf, desktop, findings, isReady, joinAsAda, keepPicture, makeTicket, native, open, phone, startBrowser } from './support/browser.mjs';
import { test } from './support/manner.mjs';
import { startOffice } from './support/office.mjs';
import { showColumn } from './support/ways.mjs';

let office, browser, page, printer, invoice;

const api = (method, path, body) => native(page, method, `/desk/${companyOf(page)}${path}`, body);
const column = (name) => showColumn(page, name);
const card = (words) => page.getByRole('listitem').filter({ hasText: words });
const statusOf = async (ticket) => (await api('GET', `/tickets/${ticket.id}`)).status;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  printer = await makeTicket(page, { subject: 'Printer is on fire', priority: 'urgent' });
  invoice = await makeTicket(page, { subject: 'Invoice is wrong' });
  await makeTicket(page, { subject: 'Gate stays shut' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

test('the queue becomes a board, and stays one', async () => {
  await open(page, 'tickets?view=all');
  await page.getByRole('radio', { name: 'List' }).press('ArrowRight');
  await (await column('Open')).getByText('Printer is on fire').waitFor();
  await (await column('On hold')).getByText('No tickets').waitFor();
  await page.reload();
  await (await column('Open')).getByText('Invoice is wrong').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'board');
});

test('a card is moved by hand', async () => {
  await card('Printer is on fire').dragTo(await column('On hold'));
  await (await column('On hold')).getByText('Printer is on fire').waitFor();
  await (await column('On hold')).getByRole('heading', { name: 'On hold 1' }).waitFor();
  assert.equal(await statusOf(printer), 'on_hold');
  await api('PATCH', `/tickets/${printer.id}`, { status: 'open' });
  await (await column('Open')).getByText('Printer is on fire').waitFor();
});

test('a card is moved by its menu and by keyboard', async () => {
  await (await column('Open')).getByText('Invoice is wrong').waitFor();
  await page.getByRole('button', { name: `Change the status of #${invoice.number}` }).click();
  await page.getByRole('menuitem', { name: 'Closed' }).click();
  await (await column('Closed')).getByText('Invoice is wrong').waitFor();
  assert.equal(await statusOf(invoice), 'closed');

  await (await column('Open')).getByRole('link', { name: /Printer/ }).press('Shift+ArrowRight');
  await (await column('On hold')).getByText('Printer is on fire').waitFor();
  assert.equal(await statusOf(printer), 'on_hold');
  await (await column('On hold')).getByRole('link', { name: /Printer/ }).press('Shift+ArrowLeft');
  await (await column('Open')).getByText('Printer is on fire').waitFor();
  await page.getByText(`#${printer.number} is now Open.`).waitFor({ state: 'attached' });
  assert.equal(await statusOf(printer), 'open');
});

test('a card that is refused goes back, and what others do moves the board', async () => {
  await page.route(`**/tickets/${printer.id}`, (route) => (route.request().method() === 'PATCH'
    ? route.fulfill({ status: 403, json: { error: { kind: 'forbidden', code: 'right_missing', message: 'You need the right to change the status.' } } })
    : route.continue()));
  await (await column('Open')).getByRole('link', { name: /Printer/ }).press('Shift+ArrowRight');
  await page.getByText('You need the right to change the status.').waitFor();
  await (await column('Open')).getByText('Printer is on fire').waitFor();
  await page.unroute(`**/tickets/${printer.id}`);
  await api('PATCH', `/tickets/${printer.id}`, { status: 'on_hold' });
  await (await column('On hold')).getByText('Printer is on fire').waitFor();
});

test('a card that the view leaves out leaves the board, and comes back when that is undone', async () => {
  await open(page, 'tickets?view=open');
  const gate = (await column('Open')).getByRole('link', { name: /Gate/ });
  await gate.waitFor();
  await page.getByRole('button', { name: /^Change the status of/ }).and(card('Gate stays shut').getByRole('button')).click();
  await page.getByRole('menuitem', { name: 'Closed' }).click();
  await page.getByText(/is now Closed and left “Open tickets”/).waitFor();
  assert.equal(await card('Gate stays shut').count(), 0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await gate.waitFor();
  await open(page, 'tickets?view=all');
  await (await column('Open')).getByText('Gate stays shut').waitFor();
});

test('on a phone the board shows one column at a time', async () => {
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: /On hold/ }).click();
  await (await column('On hold')).getByText('Printer is on fire').waitFor();
  assert.equal(await page.getByRole('region', { name: 'Open', exact: true }).count(), 0);
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'board-phone-dark');
  await page.setViewportSize(desktop);
  await page.emulateMedia({ colorScheme: 'light' });
});

test('tickets are merged from the list', async () => {
  await page.getByRole('radio', { name: 'Board' }).press('ArrowLeft');
  const ids = [];
  for (const subject of ['Double one', 'Double two']) ids.push((await makeTicket(page, { subject, description: '<p>Same.</p>' })).id);
  await open(page, 'tickets');
  for (const subject of ['Double one', 'Double two']) await page.getByRole('checkbox', { name: `Select ${subject}` }).check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Merge…' }).click();
  const dialog = page.getByRole('dialog', { name: /Merge into/ });
  await dialog.getByRole('region', { name: 'What will happen' }).waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await api('GET', `/tickets/${ids[1]}`)).merged_into, ids[0]);
});

test('the list is kept as a file', async () => {
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export tickets' });
  await dialog.getByRole('radio', { name: 'All fields' }).check();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Export', exact: true }).click()]);
  const text = await readFile(await file.path(), 'utf8');
  assert.match(file.suggestedFilename(), /^tickets-\d{4}-\d\d-\d\d\.csv$/);
  assert.ok(text.startsWith('\uFEFFId,Subject,'), text.slice(0, 60));
  assert.match(text, /Printer is on fire/);
});

test('the file holds number, contact and account with the subject, or the columns that were chosen', async () => {
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export Tickets' });
  const saved = async () => {
    const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Export', exact: true }).click()]);
    return readFile(await file.path(), 'utf8');
  };
  assert.match(await saved(), /^\uFEFFNumber,Subject,Contact,Account,Status,/);
  await page.getByRole('button', { name: 'Export…' }).click();
  await dialog.getByRole('radio', { name: 'Columns that I choose' }).check();
  const columns = dialog.getByRole('combobox', { name: 'Columns, in this order' });
  await columns.press('Backspace');
  await columns.fill('Channel');
  await page.getByRole('option', { name: 'Channel', exact: true }).click();
  await page.keyboard.press('Tab');
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  assert.match(await saved(), /^\uFEFFNumber,Subject,Contact,Account,Status,.*,Channel\r\n/);
});

test('a file of tickets brings along its customers and times, and says of each line what became of it', async () => {
  await open(page, 'settings/imports');
  await page.getByRole('button', { name: 'Import a file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog.getByRole('combobox', { name: 'The rows are' }).click();
  await page.getByRole('option', { name: 'Tickets', exact: true }).click();
  const csv = 'Subject,Customer,Account,Status,Created,Closed time\r\n'
    + 'Old printer,Rui Costa <rui@brought.test>,Brought Ltd,closed,2024-02-01 10:00,2024-02-03 10:00\r\n'
    + 'No such time,rui@brought.test,Brought Ltd,open,2024-02-01 10:00,2024-02-03 10:00\r\n';
  await page.locator('input[type=file]').setInputFiles({ name: 'tickets.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await dialog.getByRole('button', { name: 'Upload' }).click();
  await page.getByRole('heading', { name: 'tickets.csv' }).waitFor();
  const reason = page.getByRole('alert').filter({ hasText: 'Department' });
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await reason.waitFor();
  await page.getByRole('combobox', { name: 'Department of all rows' }).click();
  await page.getByRole('option').first().click();
  await reason.waitFor({ state: 'detached' });
  await page.getByRole('combobox', { name: 'Contacts and accounts that are not there' }).click();
  await page.getByRole('option', { name: 'Add them', exact: true }).click();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByText('1 added · 1 refused · 1 contacts brought along · 1 accounts brought along').waitFor();
  await page.getByRole('table', { name: 'Refused rows' }).getByText('Only a closed ticket has a time of closing').waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'import-tickets');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Imported', { exact: true }).waitFor();
  const [report] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download a report of all lines' }).click()]);
  const lines = (await readFile(await report.path(), 'utf8')).split('\r\n');
  assert.match(lines[0], /Tandem: line,Tandem: result,Tandem: record,Tandem: contact added,/);
  assert.match(lines[1], /,2,added,\d+,Rui Costa <rui@brought.test>,Brought Ltd,$/);
  assert.match(lines[2], /,3,refused,,,,Closed: Only a closed ticket/);
  const found = await api('GET', '/tickets?words=printer');
  const ticket = found.records.find(({ title }) => title === 'Old printer');
  assert.equal(ticket.created_at, '2024-02-01T10:00:00.000Z');
  await open(page, `tickets/${ticket.id}`);
  await page.getByText('imported this from tickets.csv, line 2').waitFor();
});

test('a file of contacts is mapped, checked, imported, and its refused rows come back', async () => {
  await open(page, 'settings/imports');
  await page.getByRole('button', { name: 'Import a file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  const csv = 'Vorname;Surname;Mail;Ort\r\nAna;Silva;ana@customer.test;Porto\r\nBen;Souza;no-mail;Rome\r\n';
  await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await dialog.getByRole('button', { name: 'Upload' }).click();
  await page.getByRole('heading', { name: 'people.csv' }).waitFor();
  await page.getByRole('combobox', { name: 'What Ort becomes' }).click();
  await page.getByRole('option', { name: 'City', exact: true }).click();
  await page.getByRole('combobox', { name: 'What Vorname becomes' }).click();
  await page.getByRole('option', { name: 'First name', exact: true }).click();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'import');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByText('1 added · 1 refused').waitFor();
  const faults = page.getByRole('table', { name: 'Refused rows' });
  await faults.getByText('no-mail').waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'import-checked');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Imported', { exact: true }).waitFor();
  const [report] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download refused rows' }).click()]);
  assert.match(await readFile(await report.path(), 'utf8'), /Ben;Souza;no-mail;Rome;3;/);
  const found = await api('GET', '/contacts?words=Silva');
  assert.equal(found.records[0].city, 'Porto');
  await page.setViewportSize(phone);
  await open(page, 'settings/imports');
  await page.getByRole('link', { name: 'people.csv' }).waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'imports-phone');
  assert.deepEqual(page.faults, []);
});
