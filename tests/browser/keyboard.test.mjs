// Without a mouse, on a small screen, and two people at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, joinAsAda, keepPicture, make, makeTicket, native, newPage, open, phone, sendsAtOnce, signIn, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { showDetails } from './support/ways.mjs';

let office, browser, page;
before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  await sendsAtOnce(page);
  const org = companyOf(page);
  const meta = await native(page, 'GET', `/desk/${org}/meta`);
  await native(page, 'POST', `/desk/${org}/mailboxes`, {
    address: 'support@acme.test', display_name: 'Support', department: meta.departments[0].id, is_enabled: true,
    imap: { host: '', port: 993, security: 'tls', user: '', folder: 'INBOX' }, smtp: { host: '', port: 465, security: 'tls', user: '' },
  });
  const contact = (await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' })).id;
  for (const subject of ['First question', 'Second question', 'Third question'])
    await makeTicket(page, { subject, contact, description: `<p>${subject} in full.</p>` });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const row = (on, words) => on.getByRole('row').filter({ hasText: words });
const answer = (on) => on.getByRole('region', { name: 'Answer' });

test('the keyboard alone leads from the queue to a mail that is sent', async () => {
  await open(page, 'tickets?sort=number');
  await row(page, 'First question').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { level: 1, name: /question$/ });
  await heading.waitFor();
  const subject = await heading.innerText();
  await page.frameLocator('iframe').first().getByText(`${subject} in full.`).waitFor();
  await page.keyboard.press('r');
  const text = answer(page).getByRole('textbox', { name: 'Answer' });
  await text.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'textbox' && document.activeElement.isContentEditable);
  await page.keyboard.type('Answered without a mouse.');
  await page.keyboard.press('Control+Enter');
  const sent = page.getByRole('article', { name: 'Message from Ada Byron' });
  await sent.getByText('Sent', { exact: true }).waitFor();
  await page.keyboard.press('u');
  await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
});

test('the list of shortcuts opens with a question mark and closes with Escape', async () => {
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.getByText('Next row').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('what one person does stands on the screen of another at once', async () => {
  const other = await newPage(browser, office);
  await signIn(other);
  await other.getByRole('heading', { name: 'Open tickets' }).waitFor();
  await other.getByText('Live', { exact: true }).waitFor();
  await open(page, 'tickets');
  await row(page, 'Third question').getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Third question' }).waitFor();
  await row(other, 'Third question').getByRole('link').first().click();
  await other.getByRole('heading', { name: 'Third question' }).waitFor();
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByRole('textbox', { name: 'Comment' }).fill('I take this one.');
  await page.getByRole('button', { name: 'Add private comment' }).click();
  await other.getByRole('article').filter({ hasText: 'I take this one.' }).waitFor();
  await page.getByRole('button', { name: /^Owner/ }).click();
  await page.getByRole('menuitem', { name: /Ada Byron/ }).click();
  await other.getByRole('button', { name: /^Owner.*Ada Byron$/ }).waitFor();
  assert.deepEqual([...other.faults, ...page.faults], []);
  await other.context().close();
});

test('on a telephone the queue, the ticket and an answer fit the screen', async () => {
  const small = await newPage(browser, office, { viewport: phone });
  await signIn(small);
  await small.getByRole('heading', { name: 'Open tickets' }).waitFor();
  await row(small, 'Second question').waitFor();
  await keepPicture(small, 'queue-390');
  assert.deepEqual(await findings(small), []);
  await row(small, 'Second question').getByRole('link').first().click();
  await small.getByRole('heading', { name: 'Second question' }).waitFor();
  await small.frameLocator('iframe').first().getByText('Second question in full.').waitFor();
  await keepPicture(small, 'ticket-390');
  assert.deepEqual(await findings(small), []);
  await small.getByRole('button', { name: 'Reply', exact: true }).click();
  await answer(small).getByRole('textbox', { name: 'Answer' }).fill('Written on the train.');
  await keepPicture(small, 'reply-390');
  assert.deepEqual(await findings(small), []);
  await answer(small).getByRole('button', { name: 'Send', exact: true }).click();
  await small.getByRole('article', { name: 'Message from Ada Byron' }).getByText('Sent', { exact: true }).waitFor();
  await (await showDetails(small)).getByRole('button', { name: 'Edit Priority' }).waitFor();
  await keepPicture(small, 'details-390');
  assert.deepEqual(await findings(small), []);
  assert.deepEqual(small.faults, []);
  await small.context().close();
});
