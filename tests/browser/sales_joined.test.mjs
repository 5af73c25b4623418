// What belongs together, many with many: the contacts of a deal with their roles, from the page of either.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings, isReady, joinAsAda, keepPicture, native, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page, home, deal;

before(async () => {
  office = await startOffice({ app: 'crm' });
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  home = /\/crm\/\d+/.exec(page.url())[0];
  const account = await make('accounts', { name: 'Lighthouse Ltd' });
  deal = await make('deals', { name: 'Forty lamps', amount: '1250', closes_on: '2027-03-01', account: account.id });
  for (const [first_name, last_name] of [['Maria', 'Silva'], ['Kenji', 'Mori']]) await make('contacts', { first_name, last_name, account: account.id });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const open = (path) => page.goto(`${home}/${path}`);
const make = (module, values) => native(page, 'POST', `${home}/${module}`, values);
const table = (name) => page.getByRole('table', { name, exact: true });
const row = (words) => page.getByRole('row').filter({ hasText: words });
const dialog = (name) => page.getByRole('dialog', { name });

async function look(name) {
  await isReady(page);
  assert.deepEqual(await findings(page), [], name);
  await keepPicture(page, name);
}

/** Adds to the list that is shown, with what is said of it when something is. */
async function add(what, who, said) {
  await page.getByRole('button', { name: `Add ${what}` }).click();
  const form = dialog(`Add ${what}`);
  await form.getByLabel(`Existing ${what}`).first().fill(who);
  await page.getByRole('option', { name: new RegExp(who) }).click();
  if (said !== undefined) await choose(form.getByLabel(said.label).first(), said.choice);
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await form.waitFor({ state: 'detached' });
}

async function choose(input, option) {
  await input.click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

// Deals 4.1, 4.2
test('a contact is added to a deal with a role, and the page of the contact shows it', async () => {
  await open(`deals/${deal.id}`);
  await page.getByRole('tab', { name: 'Contact roles' }).click();
  await page.getByText('No contacts yet').waitFor();
  await look('joined-empty');
  await page.getByRole('button', { name: 'Add contact' }).click();
  const form = dialog('Add contact');
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await form.getByText('Fill this in').waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'joined-add');
  await form.getByRole('button', { name: 'Cancel' }).click();
  await form.waitFor({ state: 'detached' });
  await add('contact', 'Silva', { label: 'Contact role', choice: 'Influencer' });
  await row('Maria Silva').getByText('Influencer').waitFor();
  await add('contact', 'Mori');
  await row('Kenji Mori').waitFor();
  await look('joined-contact-roles');
  await table('Contact roles').getByRole('link', { name: 'Maria Silva' }).click();
  await page.getByRole('heading', { name: 'Maria Silva' }).waitFor();
  await page.getByRole('tab', { name: 'Roles in deals' }).click();
  await row('Forty lamps').getByText('Influencer').waitFor();
  await look('joined-roles-in-deals');
});

// Deals 4.2, 4.3
test('from either page the role is changed, and the contact is taken away after a question', async () => {
  await page.getByRole('button', { name: 'Actions for Forty lamps' }).click();
  await page.getByRole('menuitem', { name: 'Edit Contact role' }).click();
  const form = dialog('Forty lamps');
  await choose(form.getByLabel('Contact role').first(), 'Decision maker');
  await form.getByRole('button', { name: 'Save' }).click();
  await row('Forty lamps').getByText('Decision maker').waitFor();
  await open(`deals/${deal.id}?tab=joined.contact_roles`);
  await row('Maria Silva').getByText('Decision maker').waitFor();
  await page.getByRole('button', { name: 'Actions for Maria Silva' }).click();
  await page.getByRole('menuitem', { name: 'Take away' }).click();
  const question = dialog('Take Maria Silva away?');
  await question.getByText('Maria Silva and Forty lamps both stay').waitFor();
  assert.deepEqual(await findings(page), []);
  await question.getByRole('button', { name: 'Take away' }).click();
  await row('Maria Silva').waitFor({ state: 'detached' });
  await row('Kenji Mori').waitFor();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByText('took this and Maria Silva apart').waitFor();
});
