// CSV files become leads, deals and contacts of CRM and Bigin: mapped, checked, imported, reported line by line; and a list leaves
// as a file.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before } from 'node:test';
import { desktop, findings, isReady, joinAsAda, keepPicture, native, phone, startBrowser } from './support/browser.mjs';
import { test } from './support/manner.mjs';
import { startOffice } from './support/office.mjs';

const exact = true;
let office, browser, page;

/** "/crm/12" of the page. */
const homeOf = (at) => /\/(?:crm|bigin)\/\d+/.exec(at.url())[0];
const open = (path) => page.goto(`${homeOf(page)}/${path}`);
const isSmall = (at) => at.viewportSize().width <= 767;

before(async () => {
  office = await startOffice({ app: 'crm' });
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

async function look(at, name) {
  await isReady(at);
  assert.deepEqual(await findings(at), [], name);
  await keepPicture(at, name);
}

/** Goes from a list to the dialog, which knows what the rows are, and uploads. */
async function upload(at, module, name, csv) {
  // A phone's list has no room for it, and a board has no list.
  const has_link = !isSmall(at) && module !== 'deals';
  await at.goto(`${homeOf(at)}/${has_link ? module : `settings/imports?module=${module}`}`);
  if (has_link) await at.getByRole('link', { name: 'Import a file' }).click();
  const dialog = at.getByRole('dialog', { name: 'Import a file' });
  await dialog.waitFor();
  await at.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await dialog.getByRole('button', { name: 'Upload' }).click();
  await at.getByRole('heading', { name }).waitFor();
}

async function choose(at, label, option) {
  await at.getByRole('combobox', { name: label, exact }).click();
  await at.getByRole('option', { name: option, exact }).click();
}

const check = (at) => at.getByRole('button', { name: 'Check', exact }).click();
async function runImport(at) {
  await at.getByRole('button', { name: 'Import', exact }).click();
  await at.getByText('Imported', { exact }).waitFor();
}

test('a file of leads is mapped, checked and imported; good lines go in, and bad ones say why', async () => {
  await upload(page, 'leads', 'leads.csv', 'Surname;Company;Mail;Where from\r\n'
    + 'Silva;Kunde Ltd;ana@kunde.test;Cold Call\r\nSouza;;ben@kunde.test;Chat\r\nCosta;Firma;no-mail;Chat\r\n');
  await page.getByRole('heading', { name: 'Import into leads' }).waitFor();
  await choose(page, 'What Where from becomes', 'Lead source');
  await look(page, 'sales-import');
  await check(page);
  await page.getByText('1 added · 2 refused').waitFor();
  const faults = page.getByRole('table', { name: 'Refused rows' });
  await faults.getByText('no-mail').waitFor();
  await look(page, 'sales-import-checked');
  await runImport(page);
  const [report] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download a report of all lines' }).click()]);
  const lines = (await readFile(await report.path(), 'utf8')).split('\r\n');
  assert.match(lines[0], /Tandem: line;Tandem: result;/);
  assert.match(lines[1], /;2;added;\d+;/);
  assert.match(lines[2], /;3;refused;;;;Company/);
  assert.match(lines[3], /;4;refused;;;;E-mail/);
  await open('leads');
  await page.getByRole('link', { name: 'Silva' }).waitFor();
  const { records } = await native(page, 'GET', `${homeOf(page)}/leads`);
  assert.deepEqual(records.map(({ title, lead_source }) => [title, lead_source]), [['Silva', 'cold_call']]);
});

test('a file of deals brings its customers along, and a stage stands for all rows', async () => {
  await upload(page, 'deals', 'deals.csv', 'Deal Name,Account Name,Contact Name,Closing Date,Amount\r\n'
    + 'Forty lamps,Kunde Ltd,Ana Silva <ana@kunde.test>,2027-05-01,1250.50\r\nTwo lamps,Kunde Ltd,Ana Silva,2027-05-01,\r\n');
  await check(page);
  const reason = page.getByRole('alert').filter({ hasText: 'Stage' });
  await reason.waitFor();
  await choose(page, 'Stage of all rows', 'Needs analysis');
  await reason.waitFor({ state: 'detached' });
  await choose(page, 'Contacts and accounts that are not there', 'Add them');
  await check(page);
  await page.getByText('2 added · 1 contacts brought along · 1 accounts brought along').waitFor();
  await look(page, 'sales-import-deals');
  await runImport(page);
  const { records } = await native(page, 'GET', `${homeOf(page)}/deals`);
  assert.deepEqual(records.map(({ title }) => title).sort(), ['Forty lamps', 'Two lamps']);
});

test('what is there already is updated by its address, and the list leaves as a file that comes back', async () => {
  await upload(page, 'contacts', 'more.csv', 'Last Name,Email,Mobile\r\nSilva,ana@kunde.test,+49 170 1\r\nNew,new@kunde.test,\r\n');
  await check(page);
  await page.getByText('1 added · 1 updated').waitFor();
  await runImport(page);
  await open('contacts');
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export contacts' });
  await dialog.waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Export', exact }).click()]);
  assert.match(await readFile(await file.path(), 'utf8'), /ana@kunde\.test/);
});

test('the screens fit a phone in the dark, in Japanese', async () => {
  const { imports } = await native(page, 'GET', `${homeOf(page)}/imports`);
  assert.equal(imports.length, 3);
  const size = page.viewportSize();
  await native(page, 'PATCH', '/me', { locale: 'ja' });
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const each of [phone, desktop]) {
    await page.setViewportSize(each);
    for (const path of ['settings/imports', `settings/imports/${imports.at(-1).id}`]) {
      await open(path);
      await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
      await look(page, `ja-dark-${each.width}-sales-${path.replace(/\W+/g, '-').replace(/\d{5,}/, 'one')}`);
    }
  }
  await page.setViewportSize(size);
  assert.deepEqual(page.faults, []);
});

test('Bigin takes files of companies in its own words', async () => {
  const small = await startOffice({ app: 'bigin' });
  try {
    const other = await joinAsAda(browser, small);
    await upload(other, 'contacts', 'people.csv', 'Last Name,Company Name,Email\r\nSilva,Kunde Ltd,ana@kunde.test\r\n');
    await choose(other, 'Contacts and companies that are not there', 'Add them');
    await check(other);
    await other.getByText('1 added · 1 companies brought along').waitFor();
    await look(other, 'bigin-import');
    await runImport(other);
    await other.context().close();
  } finally {
    await small.stop();
  }
});
