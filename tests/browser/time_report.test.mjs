// Worked time over a period: summed, narrowed, and kept as a file. Manual, Time entries 3.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { companyOf, findings, isReady, joinAsAda, keepPicture, makeTicket, native, open, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page;
const row = (words) => page.getByRole('row').filter({ hasText: words });

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  const router = await makeTicket(page, { subject: 'Router is slow' });
  const gate = await makeTicket(page, { subject: 'Gate stays shut' });
  const log = (ticket, entry) => native(page, 'POST', `/desk/${companyOf(page)}/tickets/${ticket.id}/time`, entry);
  await log(router, { seconds: 5400, is_billable: true, note: 'Measured the line' });
  await log(router, { seconds: 1800, is_billable: false, note: '=looked around' });
  await log(gate, { seconds: 600, is_billable: true, note: 'Called the porter' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

test('the report is behind the dashboard, and sums by agent', async () => {
  await open(page, 'dashboard');
  await page.getByRole('link', { name: 'Worked time' }).click();
  await page.getByRole('heading', { name: 'Worked time', level: 1 }).waitFor();
  await row('Ada Byron').getByText('2:10').waitFor();
  await row('Ada Byron').getByText('1:40').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'time-report');
});

test('by ticket it names each ticket, and narrowed it leaves out what is billed', async () => {
  await page.getByRole('combobox', { name: 'Summed by' }).click();
  await page.getByRole('option', { name: 'Ticket', exact: true }).click();
  await row('Router is slow').getByText('2:00').waitFor();
  await row('Gate stays shut').getByText('0:10').first().waitFor();
  await page.getByRole('combobox', { name: 'Which time' }).click();
  await page.getByRole('option', { name: 'Not billable' }).click();
  await row('Gate stays shut').waitFor({ state: 'detached' });
  assert.match(page.url(), /by=ticket/);
  assert.match(page.url(), /billable=no/);
});

test('entries are listed, and saved as a file that a spreadsheet adds up', async () => {
  await open(page, 'time?by=entry');
  await row('Measured the line').waitFor();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const file = (await readFile(await (await saving).path(), 'utf8')).replace('\uFEFF', '');
  const lines = file.trim().split('\r\n');
  assert.equal(lines.length, 4);
  assert.match(lines[0], /^Began,Agent,Number,Subject,Hours,Billable,Note$/);
  assert.match(file, /Router is slow,1\.5,Yes,Measured the line/);
  assert.match(file, /'=looked around/, 'no formula for a spreadsheet');
});

test('a period without time says so, and a phone shows the report, too', async () => {
  await open(page, 'time?from=2020-01-01&until=2020-01-31');
  await page.getByText('No time in this period').waitFor();
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, 'time?by=day');
  await page.getByText('2:10').first().waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
  await keepPicture(page, 'time-report-phone-dark');
  assert.deepEqual(page.faults, []);
});
