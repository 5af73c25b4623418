// How tickets come and go, in figures that each open their tickets. Manual, Dashboards 2.1, 3.1 and 3.3
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { companyOf, findings, isReady, joinAsAda, keepPicture, makeTicket, native, newPage, open, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { goTo } from './support/ways.mjs';

let office, browser, page;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  for (let number = 1; number <= 4; number += 1)
    await makeTicket(page, { subject: `Parcel ${number} is wet`, channel: number === 1 ? 'phone' : 'email', priority: 'high', description: '<p>It rained.</p>' });
  const closed = await makeTicket(page, { subject: 'Parcel 5 is dry', channel: 'phone', description: '<p>Fine.</p>' });
  await native(page, 'PATCH', address(`tickets/${closed.id}`), { status: 'closed' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const address = (path) => `/desk/${companyOf(page)}/${path}`;
const tile = (name) => page.getByRole('main').getByRole('link', { name }).first();

test('the dashboard counts what happened a moment ago', async () => {
  for (let look = 0; look < 40; look += 1) {
    const seen = await native(page, 'GET', address('dashboard'));
    if (seen.is_ready && seen.total.created === 5 && seen.total.closed === 1) break;
    await page.waitForTimeout(250);
  }
  await open(page, 'tickets');
  await goTo(page, 'Dashboard');
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await tile('Created 5').waitFor();
  await tile('Open 4').waitFor();
  const agents = page.getByRole('region', { name: 'Agents now' });
  await agents.getByText('1 of 1 are here.').waitFor();
  await agents.getByText('Ada Byron').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'dashboard');
});

test('a figure opens exactly its tickets, and the way back leads to the same dashboard', async () => {
  await tile('Open 4').click();
  await page.getByRole('heading', { name: 'Open (4)' }).waitFor();
  await page.getByRole('link', { name: /Parcel 4 is wet/ }).first().waitFor();
  assert.equal(await page.getByText('Parcel 5 is dry').count(), 0);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'dashboard-tickets');
  await page.getByRole('link', { name: 'Back to the dashboard' }).click();
  await tile('Created 5').waitFor();
});

test('arrows go through a chart, and Enter opens the tickets of a day', async () => {
  const chart = page.getByRole('group', { name: 'Created and closed', exact: true });
  await chart.getByRole('link').first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Created (5)' }).waitFor();
  await page.goBack();
  await tile('Created 5').waitFor();
});

test('a chart is also a table, and a file for a spreadsheet', async () => {
  const card = page.getByRole('region', { name: 'By channel' });
  await card.getByRole('link', { name: 'Phone: Created 2' }).click();
  await page.getByRole('heading', { name: 'Created (2)' }).waitFor();
  await page.goBack();
  const waiting = page.waitForEvent('download');
  await card.getByRole('button', { name: 'Save By channel as CSV' }).click();
  const file = await waiting;
  assert.equal(file.suggestedFilename(), 'by-channel.csv');
  assert.match(readFileSync(await file.path(), 'utf8'), /Channel,Created,Closed,Open\r\nE-mail,3,0,3\r\nPhone,2,1,1/);
  const days = page.getByRole('region', { name: 'Created and closed' });
  await days.getByText('Table', { exact: true }).locator('..').click();
  await days.getByRole('table').getByRole('link', { name: /: Created 5$/ }).waitFor();
  assert.deepEqual(await findings(page), []);
});

test('the period is kept in the address, and days that make no sense are refused', async () => {
  await page.getByRole('combobox', { name: 'Period' }).or(page.getByLabel('Period')).first().click();
  await page.getByRole('option', { name: 'Last 7 days' }).click();
  await page.waitForURL(/days=7/);
  await tile('Created 5').waitFor();
  await page.getByLabel('Period').first().click();
  await page.getByRole('option', { name: 'Other days' }).click();
  await page.getByLabel('First day').fill('2099-01-01');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByText('Choose a first day that is not after the last one.').waitFor();
});

test('on a phone everything stands in one column', async () => {
  const small = await newPage(browser, office, { viewport: phone, storageState: await page.context().storageState() });
  await small.goto(address('dashboard'));
  await small.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await small.getByRole('link', { name: 'Created 5' }).first().waitFor();
  const wider = await small.evaluate(() => document.querySelector('main').scrollWidth > document.querySelector('main').clientWidth);
  assert.equal(wider, false);
  assert.deepEqual(await findings(small), []);
  await keepPicture(small, 'dashboard-phone');
});
