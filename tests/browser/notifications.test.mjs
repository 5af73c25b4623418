// Who must know of something is told, wherever in the application they are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, join, joinAsAda, keepPicture, makeTicket, native, newPage, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

const ben = { email: 'ben@example.com', name: 'Ben Ito', password: 'parcels and letters' };
let office, browser, ada, page, meta;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  ada = await joinAsAda(browser, office);
  const company = `/desk/${companyOf(ada)}`;
  meta = await native(ada, 'GET', `${company}/meta`);
  const { roles } = await native(ada, 'GET', `${company}/roles`);
  await native(ada, 'POST', `${company}/people`, {
    email: ben.email, name: ben.name, role_id: roles.find((role) => role.kind === 'agent').id,
    department_ids: [meta.departments[0].id],
  });
  page = await newPage(browser, office);
  await join(page, await office.linkFor(ben.email), ben);
  await open(page, 'contacts');
  await page.getByText('Live', { exact: true }).waitFor();
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const bell = (which = page) => which.getByRole('button', { name: /^Notifications/ });

/** Escalates by the menu of the ticket, as a person does. */
async function escalate(ticket) {
  await open(ada, `tickets/${ticket.id}`);
  await ada.getByRole('button', { name: 'More actions' }).first().click();
  await ada.getByRole('menuitem', { name: 'Escalate' }).click();
  await ada.getByText('The ticket is escalated.').waitFor();
  await ada.getByText('Escalated', { exact: true }).first().waitFor();
}

// S014
test('an escalated ticket announces itself to its owner on whatever screen they are', async () => {
  const ticket = await makeTicket(ada, { subject: 'The lift is stuck' });
  const agents = (await native(ada, 'GET', `/desk/${companyOf(ada)}/meta`)).agents;
  const owner = agents.find((agent) => agent.email === ben.email).id;
  await native(ada, 'PATCH', `/desk/${companyOf(ada)}/tickets/${ticket.id}`, { owner });
  await escalate(ticket);
  await page.getByRole('button', { name: 'Notifications: 1 unread' }).click();
  const list = page.getByRole('dialog', { name: 'Notifications' });
  await list.getByText(`Ada Byron escalated ticket #${ticket.number}`).waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'notifications');
  await list.getByRole('link', { name: /The lift is stuck/ }).click();
  await page.getByRole('heading', { name: 'The lift is stuck' }).waitFor();
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  assert.match(await bell(ada).getAttribute('aria-label'), /^Notifications$/);
});

// S014
test('a ticket without an owner is announced to its department, and stays unread after a reload', async () => {
  await open(page, 'contacts');
  await page.getByText('Live', { exact: true }).waitFor();
  await escalate(await makeTicket(ada, { subject: 'Smoke in the cellar' }));
  await page.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();
});

test('what is marked as read in one window is read in the other', async () => {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();
  await other.getByText('Live', { exact: true }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await other.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Notifications' }).waitFor({ state: 'hidden' });
  assert.deepEqual(page.faults, []);
});
