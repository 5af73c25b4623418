// Who the members of a campaign are, how they stand to it, and what other windows and the server have to say.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desktop, findings, isReady, joinAsAda, keepPicture, native, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page, home, maria, campaign;

before(async () => {
  office = await startOffice({ app: 'crm' });
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  home = /\/crm\/\d+/.exec(page.url())[0];
  maria = await make('contacts', { first_name: 'Maria', last_name: 'Silva' });
  campaign = await make('campaigns', { name: 'Spring fair' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const open = (path) => page.goto(`${home}/${path}`);
const make = (module, values) => native(page, 'POST', `${home}/${module}`, values);
const row = (words) => page.getByRole('row').filter({ hasText: words });
const dialog = (name) => page.getByRole('dialog', { name });
const membership = () => `${home}/campaigns/${campaign.id}/joined/contacts/${maria.id}`;

async function look(name) {
  await isReady(page);
  assert.deepEqual(await findings(page), [], name);
  await keepPicture(page, name);
}

async function choose(input, option) {
  await input.click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Adds Maria to the members, with how she stands to the campaign when it is said. */
async function addMaria(status) {
  await page.getByRole('button', { name: 'Add contact' }).click();
  const form = dialog('Add contact');
  await form.getByLabel('Existing contact').first().fill('Silva');
  await page.getByRole('option', { name: /Silva/ }).click();
  if (status !== undefined) await choose(form.getByLabel('Member status').first(), status);
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await form.waitFor({ state: 'detached' });
}

// Leads 1.4
test('a campaign shows who its members are and how they stand to it', async () => {
  await open(`campaigns/${campaign.id}?tab=joined.contacts`);
  await addMaria();
  await row('Maria Silva').getByText('Planned').waitFor();
  await addMaria('Responded');
  await row('Maria Silva').getByText('Responded').waitFor();
  assert.equal(await page.getByRole('table', { name: 'Contacts', exact: true }).getByRole('link', { name: 'Maria Silva' }).count(), 1, 'nobody is a member twice');
  await look('joined-members');
});

// Deals 4.2
test('what another window joins and parts is seen at once, and what the server refuses is told', async () => {
  await native(page, 'PUT', membership(), { said: 'bounced' });
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
  await native(page, 'DELETE', membership());
  await row('Maria Silva').waitFor({ state: 'detached' });
  await page.getByText('No contacts yet').waitFor();
});

test('the members fit a phone in the dark, in Japanese', async () => {
  await native(page, 'PUT', membership(), { said: 'opened' });
  await native(page, 'PATCH', '/me', { locale: 'ja' });
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const size of [phone, desktop]) {
    await page.setViewportSize(size);
    await open(`campaigns/${campaign.id}?tab=joined.contacts`);
    await row('Maria Silva').getByText('開封済み').waitFor();
    await row('Maria Silva').scrollIntoViewIfNeeded();
    await look(`ja-dark-${size.width}-members`);
  }
  assert.deepEqual(page.faults, []);
});
