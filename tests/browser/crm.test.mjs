// A lead becomes a contact, a company and a deal, which goes over the board to won; by keyboard where a person would.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desktop, findings, hasCursor, isReady, joinAsAda, keepPicture, native, newPage, phone, signIn, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page;

before(async () => {
  office = await startOffice({ app: 'crm' });
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

/** "/crm/12" of the page that is open. */
const home = () => /\/(?:crm|bigin)\/\d+/.exec(page.url())[0];
const open = (path) => page.goto(`${home()}/${path}`);
const make = (module, values) => native(page, 'POST', `${home()}/${module}`, values);
const column = (name) => page.getByRole('region', { name, exact: true });

test('an empty CRM says what to do, and a lead is made by keyboard', async () => {
  await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await column('Qualification').getByText('No deals').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByText('No leads yet').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'crm-leads-empty');
  await page.keyboard.press('c');
  const form = page.getByRole('dialog', { name: 'New lead' });
  await hasCursor(form.getByLabel('First name'));
  await page.keyboard.type('Grace');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Hopper');
  await page.keyboard.press('Enter');
  await form.getByText('Fill this in').or(form.getByText(/required|must/i)).first().waitFor();
  await hasCursor(form.getByLabel('Company'));
  await page.keyboard.type('Compilers Ltd');
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor();
});

test('a note is kept with the lead, and a field is changed where it stands', async () => {
  await page.getByRole('tab', { name: 'Notes' }).click();
  await page.getByLabel('New note').fill('Wants to hear of prices.');
  await page.getByRole('button', { name: 'Add the note' }).click();
  await page.getByRole('listitem').getByText('Wants to hear of prices.').waitFor();
  await page.getByRole('tab', { name: 'Activities' }).click();
  await page.getByRole('button', { name: 'New task' }).click();
  const form = page.getByRole('dialog', { name: 'New task' });
  await form.getByLabel('Subject').fill('Call back');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('link', { name: 'Call back' }).waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'crm-lead');
});

test('the lead is converted into a contact, an account and a deal', async () => {
  await page.keyboard.press('v');
  const form = page.getByRole('dialog', { name: 'Convert Grace Hopper' });
  await form.getByLabel('Amount').fill('12500');
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'crm-convert');
  await form.getByLabel('Amount').press('Enter');
  await page.getByRole('heading', { name: 'Compilers Ltd' }).waitFor();
  await page.waitForURL(/\/deals\/\d+/);
  await page.getByRole('tab', { name: 'Activities' }).click();
  await page.getByRole('link', { name: 'Call back' }).waitFor();
  await page.getByRole('link', { name: 'Grace Hopper' }).first().click();
  await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor();
  await page.getByRole('table', { name: 'Deals' }).getByText('Compilers Ltd').first().waitFor();
  await page.getByRole('tab', { name: 'Notes' }).click();
  await page.getByText('Wants to hear of prices.').waitFor();
});

test('on the board the deal goes on by keyboard, with the sums of the columns', async () => {
  await make('deals', { name: 'Second sale', amount: '7500', closes_on: '2027-03-01' });
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  const card = column('Qualification').getByRole('link', { name: 'Compilers Ltd' });
  await card.waitFor();
  await column('Qualification').getByText('20,000').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'crm-board');
  await card.focus();
  await page.keyboard.press('Shift+ArrowRight');
  const moved = column('Needs analysis').getByRole('link', { name: 'Compilers Ltd' });
  await moved.waitFor();
  await hasCursor(moved);
  await column('Needs analysis').getByText('12,500').first().waitFor();
  await column('Qualification').getByText('7,500').first().waitFor();
  await page.getByText('Compilers Ltd is now on Needs analysis.').waitFor({ state: 'attached' });
});

test('what another window does appears on the board', async () => {
  const other = await newPage(browser, office);
  await signIn(other);
  await other.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  await native(other, 'POST', `${home()}/deals`, { name: 'From elsewhere', amount: '100', closes_on: '2027-04-01' });
  await column('Qualification').getByRole('link', { name: 'From elsewhere' }).waitFor();
  await other.context().close();
});

test('a deal is won when it is said so, with what it came to', async () => {
  await column('Needs analysis').getByRole('button', { name: 'Bring Compilers Ltd to another stage' }).click();
  await page.getByRole('menuitem', { name: 'Closed won' }).click();
  const form = page.getByRole('dialog', { name: 'Win “Compilers Ltd”?' });
  await form.getByLabel('Amount').waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'crm-win');
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'detached' });
  await column('Needs analysis').getByRole('link', { name: 'Compilers Ltd' }).click();
  await page.getByRole('button', { name: 'Closed won' }).click();
  await form.getByLabel('Amount').fill('13000');
  await form.getByRole('button', { name: 'Mark as won' }).click();
  await page.getByText('Compilers Ltd is won.').waitFor();
  const id = /deals\/(\d+)/.exec(page.url())[1];
  const deal = await native(page, 'GET', `${home()}/deals/${id}`);
  assert.equal(deal.outcome, 'won');
  assert.equal(Number(deal.amount), 13000);
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'crm-deal-won');
});

test('lists, pages and the board fit a phone in the dark, in Japanese as well', async () => {
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const path of ['deals', 'deals?shape=list', 'contacts', 'accounts', 'products', 'tasks', 'search?q=Compilers', 'settings/fields', 'settings/recycle-bin']) {
    await open(path);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    await isReady(page);
    assert.deepEqual(await findings(page), [], path);
    await keepPicture(page, `crm-phone-${path.replace(/\W+/g, '-')}`);
  }
  await native(page, 'PATCH', '/me', { locale: 'ja' });
  await page.setViewportSize(desktop);
  await open('deals');
  await page.getByRole('heading', { name: '商談', level: 1 }).waitFor();
  await column('見極め').getByRole('link', { name: 'Second sale' }).waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'crm-board-japanese-dark');
  assert.deepEqual(page.faults.filter((each) => !/409|422/.test(each)), []);
});

test('Bigin calls accounts companies, has no leads, and keeps its own settings', async () => {
  const small = await startOffice({ app: 'bigin' });
  try {
    const other = await joinAsAda(browser, small);
    await other.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
    const modules = other.getByRole('navigation', { name: 'Modules' });
    await modules.getByRole('link', { name: 'Companies' }).click();
    await other.getByText('No companies yet').waitFor();
    assert.equal(await modules.getByRole('link', { name: 'Leads' }).count(), 0);
    await isReady(other);
    assert.deepEqual(await findings(other), []);
    await other.keyboard.press('g');
    await other.keyboard.press('s');
    const pages = other.getByRole('navigation', { name: 'Settings' });
    await pages.getByRole('link', { name: 'Recycle bin' }).click();
    await other.getByRole('heading', { name: 'Recycle bin' }).waitFor();
    assert.equal(await pages.getByRole('link', { name: 'Web forms' }).count(), 0);
    await isReady(other);
    assert.deepEqual(await findings(other), []);
    await other.context().close();
  } finally {
    await small.stop();
  }
});
