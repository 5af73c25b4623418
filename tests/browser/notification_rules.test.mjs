// An administrator decides what a department is told by mail and SMS; colleagues mention each other.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import {
  companyOf, findings, isReady, join, joinAsAda, keepPicture, make, makeTicket, native, newPage, open, phone, startBrowser,
} from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

const ben = { email: 'ben@example.com', name: 'Ben Ito', password: 'parcels and letters' };
let office, browser, page, his, support, billing, gateway;

/** A gateway that takes what carries the right key. */
async function startGateway() {
  const heard = [];
  const server = createServer((request, answer) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      heard.push(JSON.parse(Buffer.concat(parts).toString()));
      answer.writeHead(request.headers.authorization === 'Bearer right' ? 200 : 401);
      answer.end(request.headers.authorization === 'Bearer right' ? '' : 'unknown key');
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { heard, address: `http://127.0.0.1:${server.address().port}/send`, stop: () => server.close() };
}

before(async () => {
  gateway = await startGateway();
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  [support] = (await native(page, 'GET', `/desk/${companyOf(page)}/meta`)).departments;
  billing = await make(page, 'departments', { name: 'Billing' });
  const { roles } = await native(page, 'GET', `/desk/${companyOf(page)}/roles`);
  await native(page, 'POST', `/desk/${companyOf(page)}/people`, {
    email: ben.email, name: ben.name, role_id: roles.find((role) => role.kind === 'agent').id, department_ids: [billing.id],
  });
  his = await newPage(browser, office);
  await join(his, await office.linkFor(ben.email), ben);
});
after(async () => {
  await browser?.close();
  await office?.stop();
  gateway?.stop();
});

const rule = (name) => page.getByRole('switch', { name });

// S077, S078, S079
test('the rule for shared tickets is switched on for one department, and its people get a mail', async () => {
  await open(page, 'settings');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Notification rules' }).click();
  await page.getByRole('combobox', { name: 'Department' }).click();
  await page.getByRole('option', { name: 'Billing' }).click();
  await page.getByRole('table', { name: 'Notification rules of Billing' }).waitFor();
  await page.reload();
  await page.getByRole('table', { name: 'Notification rules of Billing' }).waitFor();
  assert.equal(await rule('When a shared ticket is received: by mail').isChecked(), false);
  // By keyboard alone.
  await rule('When a shared ticket is received: by mail').focus();
  await page.keyboard.press('Space');
  await page.getByText('Saved').first().waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'notification-rules');
  const ticket = await makeTicket(page, { subject: 'A bill for the router', department: support.id });
  await native(page, 'POST', `/desk/${companyOf(page)}/tickets/${ticket.id}/shares`, {
    shares: [{ department: billing.id, access: 'full' }],
  });
  for (const began = Date.now(); !(await office.linkFor(ben.email)).endsWith(`/tickets/${ticket.id}`);) {
    assert.ok(Date.now() - began < 20_000, 'no mail about the shared ticket came');
    await new Promise((done) => setTimeout(done, 100));
  }
  await his.goto(await office.linkFor(ben.email));
  await his.getByRole('heading', { name: 'A bill for the router' }).waitFor();
});

// S083
test('the text about a shared ticket is shown and cannot be changed; others can, with known placeholders', async () => {
  await open(page, 'settings/notification-rules');
  await page.getByRole('button', { name: /^Show.*When a shared ticket is received$/ }).click();
  const shown = page.getByRole('dialog', { name: 'When a shared ticket is received' });
  await shown.getByText("This text can't be changed.").waitFor();
  assert.equal(await shown.getByLabel('Subject of the mail').getAttribute('readonly'), '');
  assert.equal(await shown.getByRole('button', { name: 'Save' }).count(), 0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Edit.*When a ticket is assigned$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'When a ticket is assigned' });
  const subject = dialog.getByLabel('Subject of the mail');
  await subject.fill('Yours: {ticket.title}');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('There is no such placeholder').waitFor();
  await subject.fill('Yours: {ticket.subject}');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Back to the original text' }).waitFor();
  assert.deepEqual(await findings(page), []);
  await dialog.getByRole('button', { name: 'Back to the original text' }).click();
  await dialog.getByRole('button', { name: 'Back to the original text' }).waitFor({ state: 'detached' });
  assert.match(await subject.inputValue(), /Ticket assigned to you$/);
});

// S084
test('an SMS gateway is set up and tried, with the right key and a wrong one', async () => {
  await open(page, 'settings/notification-rules');
  const set = async (key) => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Address').fill(gateway.address);
    await dialog.getByRole('textbox', { name: 'Value of the header' }).fill(key);
    assert.deepEqual(await findings(page), []);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await page.getByRole('button', { name: 'Set up an SMS gateway' }).click();
  await set('Bearer right');
  await page.getByRole('textbox', { name: 'Number for the test' }).fill('+49 30 123456');
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('The gateway took the message').waitFor();
  assert.deepEqual(gateway.heard.at(-1), { to: '+4930123456', text: 'This is a test message of Tandem Desk.' });
  await page.getByRole('button', { name: 'Edit', exact: true }).last().click();
  await set('Bearer wrong');
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('unknown key').waitFor();
  assert.deepEqual(await findings(page), []);
});

test('the page fits a phone, and holds in the dark', async () => {
  await page.setViewportSize(phone);
  await open(page, 'settings/notification-rules');
  await rule('When somebody comments: by SMS').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'notification-rules-phone');
  await page.setViewportSize({ width: 1360, height: 860 });
  await native(page, 'PATCH', '/me', { theme: 'dark' });
  await open(page, 'settings/notification-rules');
  await rule('When somebody comments: by SMS').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'notification-rules-dark');
  await native(page, 'PATCH', '/me', { theme: 'light' });
});

// S082
test('who may not set rules does not find the page, and is told whom to ask at its address', async () => {
  await open(his, 'settings');
  await his.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'My account' }).waitFor();
  assert.equal(await his.getByRole('link', { name: 'Notification rules' }).count(), 0);
  await open(his, 'settings/notification-rules');
  await his.getByText(/administrator/).first().waitFor();
});

// S021
test('a colleague who is mentioned by keyboard hears the bell', async () => {
  const ticket = await makeTicket(page, { subject: 'Who paid this?', department: billing.id });
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('button', { name: 'Comment' }).first().click();
  await page.getByRole('textbox', { name: 'Comment' }).click();
  await page.keyboard.type('Please look, @be');
  const offered = page.getByRole('listbox', { name: 'Colleagues to mention' });
  await offered.getByRole('option', { name: 'Ben Ito' }).waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'mention');
  await page.keyboard.press('Enter');
  await offered.waitFor({ state: 'detached' });
  await page.keyboard.type('is it paid?');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article').getByText('@Ben Ito').waitFor();
  await his.getByRole('button', { name: 'Notifications: 1 unread' }).click();
  await his.getByRole('dialog', { name: 'Notifications' }).getByText(`Ada Byron mentioned you in ticket #${ticket.number}`).waitFor();
});

test('no page of these journeys failed', () => {
  assert.deepEqual([...page.faults, ...his.faults], []);
});
