// Signatures: the agent's own and the department's, in the settings and below the text of a new mail.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, hasCursor, joinAsAda, keepPicture, make, makeTicket, native, open, sendsAtOnce, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { until } from './support/processes.mjs';

let office, browser, page, mia, department;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  const meta = await native(page, 'GET', `/desk/${companyOf(page)}/meta`);
  department = meta.departments[0];
  await native(page, 'POST', `/desk/${companyOf(page)}/mailboxes`, {
    address: 'support@acme.test', display_name: 'Support', department: department.id, is_enabled: true,
    imap: { host: '', port: 993, security: 'tls', user: '', folder: 'INBOX' }, smtp: { host: '', port: 465, security: 'tls', user: '' },
  });
  mia = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' });
  await sendsAtOnce(page);
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const answer = () => page.getByRole('region', { name: 'Answer' });
const text = () => answer().getByRole('textbox', { name: 'Answer' });
const words = async () => (await text().innerText()).split('\n').map((line) => line.trim()).filter((line) => line !== '');
const press = (name) => page.getByRole('button', { name, exact: true }).click();
const draftOf = (ticket) => native(page, 'GET', `/desk/${companyOf(page)}/tickets/${ticket.id}/draft`);

async function showNew(subject) {
  const ticket = await makeTicket(page, { subject, contact: mia.id });
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('heading', { name: subject }).waitFor();
  return ticket;
}

test('a department has a signature, written in its settings', async () => {
  await open(page, 'settings/departments');
  await page.getByRole('button', { name: `Actions for ${department.name}` }).click();
  await page.getByRole('menuitem', { name: 'Signature' }).click();
  const dialog = page.getByRole('dialog', { name: `Signature of ${department.name}` });
  await dialog.getByRole('textbox', { name: 'Text of the signature' }).pressSequentially('The team of {nobody}');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('alert').getByText(/no such placeholder/).waitFor();
  await dialog.getByRole('textbox', { name: 'Text of the signature' }).fill('The team of ');
  await dialog.getByRole('button', { name: '{department.name}' }).click();
  await keepPicture(page, 'signature-department');
  assert.deepEqual(await findings(page), []);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
});

test('a new reply begins with it below the cursor; alone it is no draft, and a comment has none', async () => {
  const ticket = await showNew('Where is my parcel?');
  await press('Reply');
  await text().getByText(`The team of ${department.name}`).waitFor();
  await answer().getByRole('tab', { name: 'Comment' }).click();
  assert.equal((await answer().getByRole('textbox', { name: 'Comment' }).innerText()).trim(), '');
  await answer().getByRole('tab', { name: 'Forward' }).click();
  await text().getByText(`The team of ${department.name}`).waitFor();
  await answer().getByRole('tab', { name: 'Reply', exact: true }).click();
  assert.deepEqual(await words(), [`The team of ${department.name}`]);
  await answer().getByRole('button', { name: 'Send', exact: true }).click();
  await answer().getByText('Write something first.').waitFor();
  assert.equal(await draftOf(ticket), null);
});

test('an agent writes one of their own under My account, and it goes before that of the department', async () => {
  await open(page, 'settings/my-account');
  const own = page.getByRole('textbox', { name: 'Text of the signature' });
  await own.pressSequentially('Best regards, ');
  await page.getByRole('button', { name: '{agent.name}' }).click();
  await own.scrollIntoViewIfNeeded();
  await keepPicture(page, 'signature-own');
  assert.deepEqual(await findings(page), []);
  await page.locator('section', { has: own }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).first().waitFor();
  await page.reload();
  await own.getByText('Best regards, {agent.name}').waitFor();
});

test('what is typed stands above it, in the draft and in the mail that leaves', async () => {
  const ticket = await showNew('Is it open on Sunday?');
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  // Who types at once is not held up by the signature.
  await text().pressSequentially('Yes, from ten.');
  await text().getByText('Best regards, Ada Byron').waitFor();
  assert.deepEqual(await words(), ['Yes, from ten.', 'Best regards, Ada Byron']);
  await keepPicture(page, 'signature-reply');
  await answer().getByText(/^Draft saved/).waitFor();
  await answer().getByRole('tab', { name: 'Reply all', exact: true }).click();
  assert.deepEqual(await words(), ['Yes, from ten.', 'Best regards, Ada Byron']);
  await until('the draft of the reply to all', async () => {
    const draft = await draftOf(ticket);
    return draft?.kind === 'reply_all' && draft.to.length === 1;
  });
  await page.reload();
  await text().getByText('Yes, from ten.').waitFor();
  assert.deepEqual(await words(), ['Yes, from ten.', 'Best regards, Ada Byron']);
  await answer().getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('article', { name: 'Message from Ada Byron' }).waitFor();
  const { items } = await native(page, 'GET', `/desk/${companyOf(page)}/tickets/${ticket.id}/timeline`);
  assert.match(JSON.stringify(items), /Yes, from ten\..*Best regards, Ada Byron/);
  assert.equal(await draftOf(ticket), null);
});

test('the cursor of a text that is shown again stands above the signature', async () => {
  await showNew('Again');
  await press('Reply');
  await text().getByText('Best regards, Ada Byron').waitFor();
  await hasCursor(text());
  await page.keyboard.type('One');
  await answer().getByRole('tab', { name: 'Comment' }).click();
  await answer().getByRole('tab', { name: /^Reply(?! all)/ }).click();
  await text().getByText('One').waitFor();
  await text().focus();
  await page.keyboard.type(' and two');
  assert.deepEqual(await words(), ['One and two', 'Best regards, Ada Byron']);
});
