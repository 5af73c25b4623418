// Who is invited gets a mail, sets up an account from it, and sees what the role allows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, join, joinAsAda, keepPicture, make, makeTicket, native, newPage, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { placesOf, showDetails } from './support/ways.mjs';

const people = {
  agent: { email: 'ben@example.com', name: 'Ben Ito', password: 'parcels and letters' },
  light_agent: { email: 'lea@example.com', name: 'Lea Moor', password: 'letters and parcels' },
  clerk: { email: 'dora@example.com', name: 'Dora Lind', password: 'ink on the blotter' },
  administrator: { email: 'cem@example.com', name: 'Cem Aydin', password: 'boats in the harbour' },
};
let office, browser, ada, ticket;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  ada = await joinAsAda(browser, office);
  ticket = await makeTicket(ada, { subject: 'The lamp flickers', description: '<p>Since Monday.</p>' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

async function invite(person, role) {
  await open(ada, 'settings/users');
  await ada.getByRole('button', { name: 'Invite a user' }).click();
  const dialog = ada.getByRole('dialog', { name: 'Invite a user' });
  await dialog.getByLabel('E-mail').fill(person.email);
  await dialog.getByLabel('Name').fill(person.name);
  await dialog.getByRole('combobox', { name: 'Role' }).click();
  await ada.getByRole('option', { name: role, exact: true }).click();
  await dialog.getByRole('combobox', { name: 'Departments' }).press('ArrowDown');
  await ada.getByRole('option', { name: 'Support' }).click();
  await ada.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await ada.getByText(`An invitation is on its way to ${person.email}`).first().waitFor();
}

/** The person follows the link of the mail and opens the ticket. */
async function come(person) {
  const page = await newPage(browser, office);
  await join(page, await office.linkFor(person.email), person);
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('heading', { name: ticket.title }).waitFor();
  await page.getByRole('button', { name: 'Comment', exact: true }).waitFor();
  return page;
}

const offers = (page, name) => page.getByRole('button', { name, exact: true }).isVisible();

// S121, S123, S124
test('an invited agent sets up an account from the mail and may reply, forward and comment', async () => {
  await invite(people.agent, 'Agent');
  await ada.getByRole('row').filter({ hasText: people.agent.email }).getByText('Invited').waitFor();
  const page = await come(people.agent);
  for (const name of ['Reply', 'Reply all', 'Forward', 'Comment']) assert.ok(await offers(page, name), name);
  await open(page, 'settings');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'My account' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Users' }).count(), 0);
  assert.equal(await page.getByRole('link', { name: 'Email' }).count(), 0);
  await open(ada, 'settings/users');
  await ada.getByRole('row').filter({ hasText: people.agent.email }).getByText('Active').waitFor();
  await page.context().close();
});

// S125
test('a light agent is offered the comment alone, and writes one', async () => {
  await invite(people.light_agent, 'Light agent');
  const page = await come(people.light_agent);
  for (const name of ['Reply', 'Reply all', 'Forward', 'Close', 'New ticket']) assert.equal(await offers(page, name), false, name);
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByRole('textbox', { name: 'Comment' }).fill('The fuse is old.');
  await page.getByRole('button', { name: 'Add private comment' }).click();
  await page.getByRole('article').filter({ hasText: 'The fuse is old.' }).getByText('Private: colleagues only').waitFor();
  await page.keyboard.press('r');
  assert.equal(await page.getByRole('textbox', { name: 'Answer' }).count(), 0);
  await page.context().close();
});

// S123, S126
test('an invited administrator assigns tickets, replies and looks after the settings', async () => {
  await invite(people.administrator, 'Administrator');
  const page = await come(people.administrator);
  for (const name of ['Reply', 'Forward', 'Comment']) assert.ok(await offers(page, name), name);
  await page.getByRole('button', { name: /^Owner.*Nobody$/ }).click();
  await page.getByRole('menuitem', { name: people.agent.name }).click();
  await page.getByRole('button', { name: new RegExp(`^Owner.*${people.agent.name}$`) }).waitFor();
  await open(page, 'settings/users');
  await page.getByRole('heading', { name: 'Users', exact: true }).waitFor();
  await page.context().close();
});

/** A person with a role of its own, and the way to give that role other rights. */
async function comeAsClerk(rights) {
  const org = companyOf(ada);
  const role = await native(ada, 'POST', `/desk/${org}/roles`, { name: 'Clerk', rights });
  const { departments } = await native(ada, 'GET', `/desk/${org}/meta`);
  const { email, name } = people.clerk;
  await native(ada, 'POST', `/desk/${org}/people`, { email, name, role_id: role.id, department_ids: [departments[0].id] });
  const page = await newPage(browser, office);
  await join(page, await office.linkFor(email), people.clerk);
  return { page, allow: (other) => native(ada, 'PATCH', `/desk/${org}/roles/${role.id}`, { rights: other }) };
}

// People 2.5, 2.6
test('what a role may not read stands in no bar and behind no link, and the loss of a right is told as such', async () => {
  const mia = await make(ada, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' });
  const hers = await makeTicket(ada, { subject: 'The door sticks', contact: mia.id });
  const departments = ['read'];
  const { page, allow } = await comeAsClerk({ tickets: ['read', 'create'], departments });
  await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
  const retry = page.getByRole('button', { name: 'Try again' });
  assert.deepEqual(await placesOf(page), ['Tickets', 'Dashboard']);
  await open(page, 'contacts');
  await page.getByRole('heading', { name: 'You may not see this' }).waitFor();
  await open(page, 'settings/users');
  await page.getByText('It takes “Users and roles”, which your role does not have', { exact: false }).waitFor();
  assert.equal(await retry.count(), 0);
  await open(page, 'settings/recycle-bin');
  await page.getByText('Nothing was deleted').waitFor();
  assert.deepEqual(await page.getByRole('radio').evaluateAll((all) => all.map(({ value }) => value)), ['tickets', 'departments']);
  await open(page, 'search?q=door');
  await page.getByRole('link', { name: hers.title }).waitFor();
  assert.deepEqual(await page.getByRole('radio').evaluateAll((all) => all.map(({ value }) => value)), ['', 'tickets']);
  await open(page, `tickets/${hers.id}`);
  await (await showDetails(page)).getByRole('region', { name: 'Mia Wong' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Mia Wong' }).count(), 0);

  await open(page, 'tickets');
  await page.getByRole('button', { name: 'New ticket', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByRole('textbox', { name: 'Subject' }).fill('The bell is silent');
  await allow({ tickets: ['read'], departments });
  await dialog.getByText('Your role has no right to make tickets any more', { exact: false }).waitFor();
  assert.equal(await dialog.getByRole('textbox', { name: 'Subject' }).inputValue(), 'The bell is silent');
  assert.ok(await dialog.getByRole('button', { name: 'Create ticket' }).isDisabled());
  await keepPicture(page, 'new-ticket-without-right');

  await open(page, `tickets/${hers.id}`);
  await page.getByRole('heading', { name: hers.title }).waitFor();
  await allow({ departments });
  await page.getByText('Your role may no longer read tickets', { exact: false }).waitFor();
  await keepPicture(page, 'ticket-without-right');
  await page.getByRole('link', { name: 'Go to the start page' }).click();
  await page.getByRole('heading', { name: 'Your role shows you nothing here' }).waitFor();
  assert.deepEqual(await placesOf(page), []);
  await keepPicture(page, 'nothing-to-read');
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

// People 1.3
test('whoever is disabled is signed out at once, also in a window that is open', async () => {
  const page = await newPage(browser, office);
  await page.goto('/signin');
  await page.getByLabel('E-mail').fill(people.agent.email);
  await page.getByLabel('Password', { exact: true }).fill(people.agent.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
  await open(ada, 'settings/users');
  await ada.getByRole('button', { name: `Actions for ${people.agent.name}` }).click();
  await ada.getByRole('menuitem', { name: 'Disable' }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await ada.getByRole('row').filter({ hasText: people.agent.email }).getByText('Disabled').waitFor();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  assert.deepEqual([...page.faults, ...ada.faults], []);
  await page.context().close();
});

// S127
test('a role is cloned with its rights, and its fields are offered what a role may say of them', async () => {
  await open(ada, 'settings/roles');
  await ada.getByRole('button', { name: 'Actions for Light agent' }).click();
  await ada.getByRole('menuitem', { name: 'Clone' }).click();
  const dialog = ada.getByRole('dialog', { name: 'Clone the role Light agent' });
  assert.equal(await dialog.getByLabel('Name').inputValue(), 'Copy of Light agent');
  await dialog.getByLabel('Name').fill('Reader');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await ada.getByRole('heading', { name: 'Reader' }).waitFor();
  assert.ok(await ada.getByRole('checkbox', { name: 'Tickets: Comment', exact: true }).isChecked());
  assert.equal(await ada.getByRole('checkbox', { name: 'Tickets: Reply', exact: true }).isChecked(), false);
  const offered = (field) => ada.getByRole('combobox', { name: field, exact: true }).getByRole('option').allInnerTexts();
  assert.deepEqual(await offered('Subject'), ['Read and write', 'Read only']);
  assert.deepEqual(await offered('Priority'), ['Read and write', 'Read only', 'Hidden']);
});

test('the page of the users has no finding of axe', async () => {
  await open(ada, 'settings/users');
  await ada.getByRole('table').waitFor();
  await keepPicture(ada, 'settings-users-light');
  assert.deepEqual(await findings(ada), []);
});
