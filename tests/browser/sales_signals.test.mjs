// Two people of the sales side: what one does, the other is told at once, and acts upon it from the bell.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desktop, findings, isReady, join, joinAsAda, keepPicture, native, newPage, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

const ben = { email: 'ben@example.com', name: 'Ben Ito', password: 'parcels and letters' };
let office, browser, ada, page, home, owner, stages;

before(async () => {
  office = await startOffice({ app: 'crm' });
  browser = await startBrowser();
  ada = await joinAsAda(browser, office);
  home = /\/crm\/\d+/.exec(ada.url())[0];
  const { roles } = await native(ada, 'GET', `${home}/roles`);
  await native(ada, 'POST', `${home}/people`, {
    email: ben.email, name: ben.name, role_id: roles.find((role) => role.kind === 'agent').id, department_ids: [],
  });
  page = await newPage(browser, office);
  await join(page, await office.linkFor(ben.email), ben);
  const meta = await native(ada, 'GET', `${home}/meta`);
  owner = meta.agents.find((agent) => agent.name === ben.name).id;
  stages = meta.pipelines[0].stages;
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const make = (module, values) => native(ada, 'POST', `${home}/${module}`, values);
const openAt = (which, path) => which.goto(`${home}/${path}`);
const bell = (count) => page.getByRole('button', { name: count === 0 ? 'Signals' : `Signals: ${count} unread`, exact: true });
const list = () => page.getByRole('dialog', { name: 'Signals' });
const isLive = (which) => which.getByText('Live', { exact: true }).waitFor();

async function look(name) {
  await isReady(page);
  assert.deepEqual(await findings(page), [], name);
  await keepPicture(page, name);
}

test('who is given a record is told at once, and opens it from the list', async () => {
  await openAt(page, 'accounts');
  await isLive(page);
  await bell(0).click();
  await list().getByText('Nothing new').waitFor();
  await look('signals-none');
  await page.keyboard.press('Escape');
  await list().waitFor({ state: 'hidden' });
  await make('contacts', { first_name: 'Rui', last_name: 'Silva', phone: '+351 210 000', email: 'rui@silva.example', owner });
  await bell(1).click();
  await list().getByText('Ada Byron gave you this record').waitFor();
  assert.equal(await list().getByRole('link', { name: 'Call Rui Silva' }).getAttribute('href'), 'tel:+351210000');
  assert.equal(await list().getByRole('link', { name: 'Send Rui Silva an e-mail' }).getAttribute('href'), 'mailto:rui@silva.example');
  await look('signals-list');
  await list().getByRole('link', { name: /gave you this record/ }).click();
  await page.getByRole('heading', { name: 'Rui Silva' }).first().waitFor();
  await bell(0).waitFor();
});

test('a task is done from the bell, without leaving the screen', async () => {
  const task = await make('tasks', { subject: 'Send the offer', owner });
  await bell(1).click();
  await list().getByRole('button', { name: 'Mark Send the offer as done' }).click();
  await page.getByText('Send the offer is done.').waitFor();
  await bell(0).waitFor();
  await list().getByRole('button', { name: 'Mark Send the offer as done' }).waitFor({ state: 'detached' });
  assert.equal((await native(page, 'GET', `${home}/tasks/${task.id}`)).status, 'completed');
  await page.keyboard.press('Escape');
  await list().waitFor({ state: 'hidden' });
});

test('a colleague who is named in a note is told where it stands, and others are not', async () => {
  const account = await make('accounts', { name: 'Forty Lamps Ltd' });
  await openAt(ada, `accounts/${account.id}`);
  await ada.getByRole('tab', { name: 'Notes' }).click();
  await ada.getByLabel('New note').fill('@Ben Ito what would you offer them?');
  await ada.getByRole('button', { name: 'Add the note' }).click();
  await bell(1).click();
  await list().getByText('@Ben Ito what would you offer them?').waitFor();
  await list().getByRole('link', { name: /mentioned you in a note/ }).click();
  await page.getByRole('heading', { name: 'Forty Lamps Ltd' }).first().waitFor();
  await ada.getByRole('button', { name: 'Signals', exact: true }).waitFor();
});

test('who is given many records at once is told once how many, and finds them among their own', async () => {
  const ids = [];
  for (const last_name of ['Abe', 'Baker', 'Costa']) ids.push((await make('contacts', { last_name })).id);
  await native(ada, 'POST', `${home}/contacts/bulk`, { ids, changes: { owner } });
  await bell(1).click();
  await list().getByText('Ada Byron gave you several records').waitFor();
  await list().getByText('Contacts: 3').waitFor();
  await look('signals-several-records');
  await list().getByRole('link', { name: /gave you several records/ }).click();
  await page.getByRole('link', { name: 'Costa' }).first().waitFor();
  await bell(0).waitFor();
});

test('who began an import is told of its end, and goes from there to its report', async () => {
  await openAt(page, 'settings/imports?module=leads');
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog.waitFor();
  const csv = 'Last Name,Company,Email\nDias,Kunde,\nEndo,Kunde,no-mail\nFaria,Kunde,\n';
  await page.locator('input[type=file]').setInputFiles({ name: 'fair.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await dialog.getByRole('button', { name: 'Upload' }).click();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByText('2 added · 1 refused').first().waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await bell(1).click();
  await list().getByText('Your import has ended').waitFor();
  await list().getByText('Leads from fair.csv').waitFor();
  await list().getByText('2 added · 1 refused').waitFor();
  await look('signals-import');
  await page.keyboard.press('Escape');
  await list().waitFor({ state: 'hidden' });
  await openAt(page, 'accounts');
  await bell(1).click();
  await list().getByRole('link', { name: /Your import has ended/ }).click();
  await page.getByRole('heading', { name: 'fair.csv' }).waitFor();
  await bell(0).waitFor();
});

test('what the bell tells of many records fits a phone in the dark, in Japanese', async () => {
  await native(page, 'PATCH', '/me', { locale: 'ja' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(phone);
  await openAt(page, 'accounts');
  await page.getByRole('button', { name: /^シグナル/ }).click();
  await page.getByRole('dialog', { name: 'シグナル' }).getByText('インポートが終わりました').waitFor();
  await look('signals-ja-dark-phone');
  await page.keyboard.press('Escape');
  await page.setViewportSize(desktop);
  await page.emulateMedia({ colorScheme: 'light' });
  await native(page, 'PATCH', '/me', { locale: 'en' });
  await openAt(page, 'accounts');
  await isLive(page);
});

test('a signal that is switched off is never shown, and the others go on', async () => {
  const deal = await make('deals', { name: 'Blue shades', closes_on: '2027-01-15', owner });
  await bell(1).waitFor();
  await openAt(ada, 'settings/signals');
  await ada.getByRole('heading', { name: 'SalesSignals', level: 1 }).waitFor();
  const choice = ada.getByRole('switch', { name: /^Record assigned/ });
  await choice.click();
  await ada.getByRole('button', { name: 'Save', exact: true }).click();
  await ada.getByText('Saved').first().waitFor();
  await isReady(ada);
  assert.deepEqual(await findings(ada), []);
  await keepPicture(ada, 'signals-settings');
  await bell(0).waitFor();
  await ada.reload();
  await choice.waitFor();
  assert.equal(await choice.isChecked(), false);
  await make('contacts', { last_name: 'Unsaid', owner });
  await native(ada, 'PATCH', `${home}/deals/${deal.id}`, { stage: stages.find((stage) => stage.outcome === 'won').id });
  await bell(1).click();
  await list().getByText('Ada Byron won your deal').waitFor();
  assert.equal(await list().getByText('Unsaid').count(), 0);
  await list().getByRole('button', { name: 'Mark all as read' }).click();
  await bell(0).waitFor();
  assert.deepEqual(page.faults, []);
});
