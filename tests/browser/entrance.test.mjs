// Coming in and going out.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { companyOf, join, joinAsAda, make, makeTicket, native, newPage, open, signIn, startBrowser } from './support/browser.mjs';
import { ada, startOffice } from './support/office.mjs';
import { until } from './support/processes.mjs';

let office, browser;
before(async () => {
  office = await startOffice();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const inside = (page) => page.getByRole('navigation', { name: 'Main navigation' });

/** The code that an authenticator app shows now, RFC 6238. */
function totpCode(secret, now_ms = Date.now()) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/[\s=]/g, '')].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now_ms / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

test('the invitation of the set-up leads into an empty queue that says what to do', async () => {
  const page = await joinAsAda(browser, office);
  await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
  await page.getByText('No ticket yet').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('an invitation that was used is refused in plain words', async () => {
  const page = await newPage(browser, office);
  await page.goto(office.invitation);
  await page.getByRole('heading', { name: "This invitation can't be used" }).waitFor();
  await page.context().close();
});

test('a person signs in, and signs out from the own menu', async () => {
  const page = await newPage(browser, office);
  await page.goto('/');
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await signIn(page);
  await inside(page).waitFor();
  const address = page.url();
  await page.getByRole('button', { name: `Me ${ada.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await page.goto(address);
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await page.context().close();
});

test('a wrong password is refused without saying which half was wrong', async () => {
  const page = await newPage(browser, office);
  await signIn(page, { ...ada, password: 'not this one' });
  await page.getByRole('alert').filter({ hasText: 'E-mail or password is wrong.' }).waitFor();
  await signIn(page, { email: 'nobody@example.com', password: 'not this one' });
  await page.getByRole('alert').filter({ hasText: 'E-mail or password is wrong.' }).waitFor();
  await page.context().close();
});

test('who signs in from a deep link lands where the link leads', async () => {
  const page = await newPage(browser, office);
  await signIn(page);
  await inside(page).waitFor();
  await open(page, 'contacts');
  const address = page.url();
  await page.context().clearCookies();
  await page.goto(address);
  await page.getByLabel('E-mail').fill(ada.email);
  await page.getByLabel('Password', { exact: true }).fill(ada.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Contacts' }).waitFor();
  assert.equal(page.url(), address);
  await page.context().close();
});

test('who signs in after somebody else in the same tab is shown nothing that only the other may see', async () => {
  const page = await newPage(browser, office);
  await signIn(page);
  await inside(page).waitFor();
  const base = `/desk/${companyOf(page)}`;
  const ben = { email: 'ben@example.com', name: 'Ben Light', password: 'lanterns and ledgers' };
  const { roles } = await native(page, 'GET', `${base}/roles`);
  const { departments } = await native(page, 'GET', `${base}/meta`);
  await native(page, 'POST', `${base}/people`, {
    email: ben.email, name: ben.name, role_id: roles.find(({ name }) => name === 'Light agent').id, department_ids: [departments[0].id],
  });
  const other = await newPage(browser, office);
  await join(other, await office.linkFor(ben.email), ben);
  await other.context().close();
  await open(page, 'contacts');
  await page.getByRole('button', { name: 'New contact' }).first().waitFor();
  await native(page, 'DELETE', '/session');
  await page.getByLabel('E-mail').fill(ben.email);
  await page.getByLabel('Password', { exact: true }).fill(ben.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Contacts' }).waitFor();
  await page.getByRole('button', { name: `Me ${ben.name}` }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'New contact' }).count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('who is asked for consent by a program signs in first, and is then asked', async () => {
  const page = await newPage(browser, office);
  await signIn(page);
  await inside(page).waitFor();
  const { client_id } = await native(page, 'POST', `/desk/${companyOf(page)}/oauth_clients`, {
    name: 'Bridge', kind: 'web', redirect_uris: ['http://localhost:9/back'],
  });
  await page.context().clearCookies();
  const question = new URLSearchParams({
    response_type: 'code', client_id, redirect_uri: 'http://localhost:9/back', scope: 'Desk.tickets.READ', state: 'a b&c',
  });
  await page.goto(`/oauth/v2/auth?${question}`);
  await page.getByLabel('E-mail').fill(ada.email);
  await page.getByLabel('Password', { exact: true }).fill(ada.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Desk.tickets.READ').waitFor();
  assert.equal(new URL(page.url()).pathname, '/oauth/v2/auth');
  assert.equal(new URL(page.url()).searchParams.get('state'), 'a b&c');
  await page.context().close();
});

test('signing in never leads to another site', async () => {
  const page = await newPage(browser, office);
  await page.goto(`/signin?back=${encodeURIComponent('//evil.example/')}`);
  await page.getByLabel('E-mail').fill(ada.email);
  await page.getByLabel('Password', { exact: true }).fill(ada.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await inside(page).waitFor();
  assert.equal(new URL(page.url()).origin, office.address);
  await page.context().close();
});

test('a mail that can still be taken back leaves although its writer signs out', async () => {
  const page = await newPage(browser, office);
  await signIn(page);
  await inside(page).waitFor();
  const base = `/desk/${companyOf(page)}`;
  const meta = await native(page, 'GET', `${base}/meta`);
  await native(page, 'POST', `${base}/mailboxes`, {
    address: 'support@acme.test', display_name: 'Support', department: meta.departments[0].id, is_enabled: true,
    imap: { host: '', port: 993, security: 'tls', user: '', folder: 'INBOX' }, smtp: { host: '', port: 465, security: 'tls', user: '' },
  });
  const mia = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' });
  const ticket = await makeTicket(page, { subject: 'Going home', contact: mia.id });
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  const answer = page.getByRole('region', { name: 'Answer' });
  await answer.getByRole('textbox', { name: 'Answer' }).fill('It is on its way.');
  await answer.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('article', { name: 'Mail that is about to be sent' }).getByText(/Will be sent in/).waitFor();
  await page.getByRole('button', { name: `Me ${ada.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await signIn(page);
  await inside(page).waitFor();
  await until('the reply has left', async () => {
    const { items } = await native(page, 'GET', `${base}/tickets/${ticket.id}/timeline`);
    return items.filter((item) => item.direction === 'out').length === 1;
  });
  await page.context().close();
});

test('with two-factor sign-in the password alone does not let in, the code does', async () => {
  const page = await newPage(browser, office);
  await signIn(page);
  await inside(page).waitFor();
  await open(page, 'settings/my-account');
  await page.getByRole('button', { name: 'Turn on' }).click();
  const dialog = page.getByRole('dialog', { name: 'Two-factor sign-in' });
  await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
  const secret = /[A-Z2-7]{16,}/.exec(await dialog.innerText())?.[0] ?? (await dialog.getByLabel('Secret').inputValue());
  await dialog.getByRole('textbox', { name: 'Code' }).fill('000000');
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  await dialog.getByText(/code/i).last().waitFor();
  await dialog.getByRole('textbox', { name: 'Code' }).fill(totpCode(secret));
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  await dialog.getByText('Two-factor sign-in is on.').waitFor();
  const recovery = await dialog.getByRole('code').allInnerTexts();
  assert.ok(recovery.length >= 8, `recovery codes are shown: ${recovery.length}`);
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await page.context().clearCookies();

  await signIn(page);
  await page.getByRole('heading', { name: 'One more step' }).waitFor();
  await page.getByLabel('Code').fill(recovery[0]);
  await page.getByRole('button', { name: 'Go on' }).click();
  await inside(page).waitFor();
  await page.context().clearCookies();

  await signIn(page);
  await page.getByLabel('Code').fill(recovery[0]);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('alert').waitFor();
  // A code works once: the next one, which the server takes a little early.
  await page.getByLabel('Code').fill(totpCode(secret, Date.now() + 30_000));
  await page.getByRole('button', { name: 'Go on' }).click();
  await inside(page).waitFor();
  await page.context().close();
});
