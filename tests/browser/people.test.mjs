// Who is invited gets a mail, sets up an account from it, and sees what the role allows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings, join, joinAsAda, keepPicture, makeTicket, newPage, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

const people = {
  agent: { email: 'ben@example.com', name: 'Ben Ito', password: 'parcels and letters' },
  light_agent: { email: 'lea@example.com', name: 'Lea Moor', password: 'letters and parcels' },
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
  await page.getByRole('heading', { name: /My account|Settings/ }).first().waitFor();
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

test('whoever is disabled is signed out at once', async () => {
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
  await page.reload();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  assert.deepEqual([...page.faults, ...ada.faults], []);
  await page.context().close();
});

test('the page of the users has no finding of axe', async () => {
  await open(ada, 'settings/users');
  await ada.getByRole('table').waitFor();
  await keepPicture(ada, 'settings-users-light');
  assert.deepEqual(await findings(ada), []);
});
