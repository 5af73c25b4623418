// A telephone system rings: who it is stands on the screen, and becomes a ticket.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, joinAsAda, keepPicture, make, makeTicket, native, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { showDetails } from './support/ways.mjs';

let office, browser, page, line;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  const meta = await native(page, 'GET', `/desk/${companyOf(page)}/meta`);
  line = await native(page, 'POST', `/desk/${companyOf(page)}/phone_lines`, { name: 'Switchboard', department: meta.departments[0].id });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

/** What the telephone system tells. */
async function tell(event, call_id, from) {
  const answer = await fetch(new URL(new URL(line.address).pathname, page.url()), {
    method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${line.secret}` },
    body: JSON.stringify({ event, call_id, from, to: '+49 30 99' }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

test('S001: a call shows who it is, is noted on an open ticket, and goes away when it is over', async () => {
  const mia = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test', phone: '+49 30 1234567' });
  const ticket = await makeTicket(page, { subject: 'The router is dark', contact: mia.id });
  await open(page, 'tickets');
  await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
  await tell('ringing', 'c1', '030 1234567');
  const card = page.getByRole('region', { name: 'Call from Mia Wong' });
  await card.getByText('Rings').waitFor();
  await card.getByRole('link', { name: /The router is dark/ }).waitFor();
  await keepPicture(page, 'caller-card');
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press('p');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Mia Wong');
  await card.getByRole('button', { name: `Log call on #${ticket.number}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Log a call' });
  await dialog.getByLabel('Note').fill('She has restarted it.');
  await dialog.getByRole('button', { name: 'Note the call' }).click();
  await dialog.waitFor({ state: 'detached' });
  await tell('answered', 'c1', '030 1234567');
  await card.getByText('On the line').waitFor();
  await tell('ended', 'c1', '030 1234567');
  await card.waitFor({ state: 'detached' });
  const { items } = await native(page, 'GET', `/desk/${companyOf(page)}/tickets/${ticket.id}/timeline`);
  assert.equal(items.filter((item) => item.channel === 'phone').length, 1);
});

test('S001: an unknown caller becomes a contact with a new ticket, and a card is dismissed by keyboard', async () => {
  await tell('ringing', 'c2', '+49 40 7654321');
  const card = page.getByRole('region', { name: 'Call from +49 40 7654321' });
  await card.getByRole('button', { name: 'New ticket from the call' }).click();
  const dialog = page.getByRole('dialog', { name: 'New ticket from the call' });
  await dialog.getByLabel('Name of the caller').fill('Kim Orchid');
  await dialog.getByLabel('Subject').fill('Wants a quote');
  await keepPicture(page, 'caller-new-ticket');
  assert.deepEqual(await findings(page), []);
  await dialog.getByRole('button', { name: 'Create ticket' }).click();
  await page.getByRole('heading', { name: 'Wants a quote' }).waitFor();
  await (await showDetails(page)).getByText('Kim Orchid').first().waitFor();
  await tell('ringing', 'c3', '+49 40 7654321');
  const again = page.getByRole('region', { name: 'Call from Kim Orchid' });
  await again.getByText(/Last call/).waitFor();
  await page.keyboard.press('p');
  await page.keyboard.press('Escape');
  await again.waitFor({ state: 'detached' });
});
