// What belongs together, many with many: contacts with their roles in deals, products, members of campaigns.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desktop, findings, isReady, joinAsAda, keepPicture, native, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page, home, deal, campaign;

before(async () => {
  office = await startOffice({ app: 'crm' });
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  home = /\/crm\/\d+/.exec(page.url())[0];
  const account = await make('accounts', { name: 'Lighthouse Ltd' });
  deal = await make('deals', { name: 'Forty lamps', amount: '1250', closes_on: '2027-03-01', account: account.id });
  for (const [first_name, last_name] of [['Maria', 'Silva'], ['Kenji', 'Mori']]) await make('contacts', { first_name, last_name, account: account.id });
  campaign = await make('campaigns', { name: 'Spring fair' });
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

// Leads 1.4
test('a campaign shows who its members are and how they stand to it', async () => {
  await open(`campaigns/${campaign.id}?tab=joined.contacts`);
  await add('contact', 'Silva');
  await row('Maria Silva').getByText('Planned').waitFor();
  await add('contact', 'Silva', { label: 'Member status', choice: 'Responded' });
  await row('Maria Silva').getByText('Responded').waitFor();
  assert.equal(await table('Contacts').getByRole('link', { name: 'Maria Silva' }).count(), 1, 'nobody is a member twice');
  await look('joined-members');
});

// Deals 4.2
test('what another window joins and parts is seen at once, and what the server refuses is told', async () => {
  const { records: [maria] } = await native(page, 'GET', `${home}/contacts?words=Silva`);
  const path = `${home}/campaigns/${campaign.id}/joined/contacts/${maria.id}`;
  await native(page, 'PUT', path, { said: 'bounced' });
  await row('Maria Silva').getByText('Bounced').waitFor();
  await page.getByRole('button', { name: 'Actions for Maria Silva' }).click();
  await page.getByRole('menuitem', { name: 'Edit Member status' }).click();
  await page.route('**/joined/contacts/*', (route) => route.fulfill({
    status: 422, json: { error: { kind: 'invalid', code: 'not_a_choice', message: 'Choose one of the values offered.', field: 'member_status', faults: [] } },
  }));
  const form = dialog('Maria Silva');
  await choose(form.getByLabel('Member status').first(), 'Invited');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Choose one of the values offered.').waitFor();
  await keepPicture(page, 'joined-refused');
  await page.unroute('**/joined/contacts/*');
  await choose(form.getByLabel('Member status').first(), 'Opened');
  await form.getByRole('button', { name: 'Save' }).click();
  await row('Maria Silva').getByText('Opened').waitFor();
  await native(page, 'DELETE', path);
  await row('Maria Silva').waitFor({ state: 'detached' });
  await page.getByText('No contacts yet').waitFor();
});

test('these lists fit a phone in the dark, in Japanese', async () => {
  await native(page, 'PATCH', '/me', { locale: 'ja' });
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const size of [phone, desktop]) {
    await page.setViewportSize(size);
    await open(`deals/${deal.id}?tab=joined.contact_roles`);
    await row('Kenji Mori').waitFor();
    await row('Kenji Mori').scrollIntoViewIfNeeded();
    await look(`ja-dark-${size.width}-joined`);
  }
  assert.deepEqual(page.faults, []);
});
