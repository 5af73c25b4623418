// A day with tickets: taking them up, changing them, closing them, deleting and finding them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, joinAsAda, keepPicture, make, makeTicket, native, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { showDetails } from './support/ways.mjs';

let office, browser, page, mia;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  await native(page, 'PATCH', '/me', { time_zone: 'Europe/Berlin' });
  const meta = await native(page, 'GET', `/desk/${companyOf(page)}/meta`);
  await native(page, 'POST', `/desk/${companyOf(page)}/mailboxes`, {
    address: 'support@acme.test', display_name: 'Support', department: meta.departments[0].id, is_enabled: true,
    imap: { host: '', port: 993, security: 'tls', user: '', folder: 'INBOX' }, smtp: { host: '', port: 465, security: 'tls', user: '' },
  });
  mia = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const row = (words) => page.getByRole('row').filter({ hasText: words });
const status = (word) => page.getByRole('button', { name: new RegExp(`^Status.*${word}$`) });
const answer = () => page.getByRole('region', { name: 'Answer' });
const showTicket = async (ticket) => {
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('heading', { name: ticket.title }).waitFor();
};

test('a caller without a record gets a ticket and a contact in one go', async () => {
  await open(page, 'tickets');
  await page.getByRole('button', { name: 'New ticket' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByRole('combobox', { name: 'Contact' }).fill('Joao Lima');
  await page.getByRole('option', { name: 'Create contact “Joao Lima”' }).click();
  const person = page.getByRole('dialog', { name: 'New contact' });
  await person.getByLabel('Phone').fill('+351 21 555 0100');
  await person.getByRole('button', { name: 'Create' }).click();
  await person.waitFor({ state: 'detached' });
  await dialog.getByLabel('Subject').fill('Cannot hear the other side');
  await dialog.getByRole('textbox', { name: 'Description' }).fill('Calls are silent since noon.');
  await dialog.getByRole('button', { name: 'Create ticket' }).click();
  await page.getByRole('heading', { name: 'Cannot hear the other side' }).waitFor();
  await page.frameLocator('iframe').first().getByText('Calls are silent since noon.').waitFor();
  const side = await showDetails(page);
  await side.getByRole('link', { name: 'Joao Lima' }).first().waitFor();
  await side.getByRole('link', { name: '+351 21 555 0100' }).first().waitFor();
});

test('a ticket without a subject is refused beside the input', async () => {
  await open(page, 'tickets');
  await page.getByRole('button', { name: 'New ticket' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByRole('button', { name: 'Create ticket' }).click();
  await dialog.locator('[aria-invalid="true"]').first().waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test('a due date without its time is asked for again, and never dropped', async () => {
  const ticket = await makeTicket(page, { subject: 'Half a date', contact: mia.id });
  await showTicket(ticket);
  const side = await showDetails(page);
  await side.getByRole('button', { name: 'Edit Due' }).click();
  await side.getByLabel('Due', { exact: true }).press('Delete');
  await page.keyboard.type('12252027');
  await page.keyboard.press('Enter');
  await side.getByText('Give a day and a time.').waitFor();
  await page.keyboard.press('Escape');
});

test('a field is edited where it stands, and the history tells it', async () => {
  const ticket = await makeTicket(page, { subject: 'Wrong colour', contact: mia.id });
  await showTicket(ticket);
  const side = await showDetails(page);
  await side.getByRole('button', { name: 'Edit Priority' }).click();
  await page.getByRole('option', { name: 'High' }).click();
  await side.getByText('High', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Wrong colour' }).getByRole('button').click();
  await page.getByRole('textbox', { name: 'Subject' }).fill('Wrong colour of the lamp');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Wrong colour of the lamp' }).waitFor();
  await side.getByRole('tab', { name: 'History' }).click();
  await side.getByText('Wrong colour of the lamp').waitFor();
  await side.getByText('High', { exact: true }).waitFor();
});

test('a field that somebody else has changed meanwhile is not overwritten unasked', async () => {
  const ticket = await makeTicket(page, { subject: 'Old words', contact: mia.id });
  await showTicket(ticket);
  await page.getByRole('heading', { name: 'Old words' }).getByRole('button').click();
  await page.getByRole('textbox', { name: 'Subject' }).fill('My words');
  await native(page, 'PATCH', `/desk/${companyOf(page)}/tickets/${ticket.id}`, { subject: 'Their words', priority: 'high' });
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Somebody else has changed this' });
  await question.getByText('Their words').waitFor();
  await question.getByText('My words').waitFor();
  await question.getByRole('button', { name: 'Leave theirs' }).click();
  await page.getByRole('heading', { name: 'Their words' }).getByRole('button').click();
  await page.getByRole('textbox', { name: 'Subject' }).fill('My words');
  await native(page, 'PATCH', `/desk/${companyOf(page)}/tickets/${ticket.id}`, { priority: 'low' });
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'My words' }).waitFor();
});

test('copied people are written line by line, and buttons say how to be done', async () => {
  const ticket = await makeTicket(page, { subject: 'Copies for two', contact: mia.id });
  await showTicket(ticket);
  const side = await showDetails(page);
  const edit = side.getByRole('button', { name: 'Edit Cc' });
  await edit.click();
  await page.getByRole('textbox', { name: 'Cc', exact: true }).fill('never@kept.test');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await edit.click();
  await page.getByRole('textbox', { name: 'Cc', exact: true }).fill('ana@copy.test\nben@copy.test');
  await page.getByRole('button', { name: 'Save' }).click();
  await side.getByText('ben@copy.test').waitFor();
  const saved = await native(page, 'GET', `/desk/${companyOf(page)}/tickets/${ticket.id}`);
  assert.equal(saved.cc, 'ana@copy.test, ben@copy.test');
});

test('a ticket is closed, reopened by undo, deleted and brought back', async () => {
  const ticket = await makeTicket(page, { subject: 'Invoice twice', contact: mia.id });
  await open(page, 'tickets');
  await row('Invoice twice').getByRole('link').first().click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByText(/^Ticket #\d+ is closed\.$/).waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await showTicket(ticket);
  await status('Open').waitFor();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByText('“Invoice twice” is in the recycle bin.').waitFor();
  await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
  await row('Invoice twice').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByRole('heading', { name: 'Invoice twice' }).waitFor();
});

test('a deleted ticket waits in the recycle bin until it is restored', async () => {
  const ticket = await makeTicket(page, { subject: 'Spam about boats' });
  await native(page, 'DELETE', `/desk/${companyOf(page)}/tickets/${ticket.id}`);
  await open(page, 'settings/recycle-bin');
  await row('Spam about boats').waitFor();
  await page.getByRole('button', { name: 'Actions for Spam about boats' }).click();
  await page.getByRole('menuitem', { name: 'Restore' }).click();
  await page.getByText('“Spam about boats” is back').waitFor();
  await showTicket(ticket);
});

test('many tickets are changed in one go', async () => {
  for (const subject of ['Bulk one', 'Bulk two', 'Bulk three']) await makeTicket(page, { subject });
  await open(page, 'tickets');
  await page.getByRole('checkbox', { name: 'Select Bulk one' }).check();
  await page.getByRole('checkbox', { name: 'Select Bulk two' }).check();
  const bar = page.getByRole('toolbar', { name: 'Actions for the selected records' });
  await bar.getByText('2 selected').waitFor();
  await bar.getByRole('button', { name: 'Priority' }).click();
  await page.getByRole('menuitem', { name: 'High' }).click();
  await page.getByText('2 records changed').waitFor();
  await open(page, 'tickets?view=high_priority');
  await row('Bulk one').waitFor();
  await row('Bulk two').waitFor();
  assert.equal(await row('Bulk three').count(), 0);
});

test('search finds Japanese words within a subject', async () => {
  await makeTicket(page, { subject: '東京倉庫からの返品について' });
  await open(page, 'tickets');
  await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').or(page.getByRole('dialog').getByRole('combobox')).first().fill('返品');
  await page.getByRole('option', { name: /東京倉庫からの返品について/ }).click();
  await page.getByRole('heading', { name: '東京倉庫からの返品について' }).waitFor();
  await open(page, 'search?q=倉庫');
  await page.getByRole('link', { name: /東京倉庫からの返品について/ }).waitFor();
  await open(page, 'search?q=大阪');
  await page.getByText('Nothing found for “大阪”').waitFor();
});

// Manual, Search 1.6
test('search shows where the words stand', async () => {
  await makeTicket(page, { subject: 'Cold boiler', description: '<p>It hangs in the <b>Façade</b> Street, behind the door.</p>' });
  await open(page, 'search?q=boiler facade');
  const hit = page.getByRole('link', { name: /Cold boiler/ });
  await hit.getByRole('mark').getByText('boiler', { exact: true }).waitFor();
  await hit.getByRole('mark').getByText('Façade', { exact: true }).waitFor();
  await hit.getByText('Description').waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'search-excerpt');
});

test('an emptied subject is not taken, and it is said that the one before stays', async () => {
  const ticket = await makeTicket(page, { subject: 'Words that stay', contact: mia.id });
  await showTicket(ticket);
  await page.getByRole('heading', { name: 'Words that stay' }).getByRole('button').click();
  await page.getByRole('textbox', { name: 'Subject' }).fill('  ');
  await page.keyboard.press('Enter');
  await page.getByText('A ticket needs a subject. The one it had stays.').waitFor();
  await page.getByRole('heading', { name: 'Words that stay' }).waitFor();
});

// S014
test('a closed ticket bears no mark that asks for hurry', async () => {
  const ticket = await makeTicket(page, { subject: 'Escalated and done', contact: mia.id });
  const path = `/desk/${companyOf(page)}/tickets/${ticket.id}`;
  await native(page, 'PATCH', path, { is_escalated: true });
  await showTicket(ticket);
  const mark = page.getByRole('main').locator('header').getByText('Escalated', { exact: true });
  await mark.first().waitFor();
  await native(page, 'POST', `${path}/close`);
  await mark.first().waitFor({ state: 'detached' });
  await native(page, 'POST', `${path}/reopen`);
  await mark.first().waitFor();
});

test('a draft survives a reload of the page', async () => {
  const ticket = await makeTicket(page, { subject: 'Half an answer', contact: mia.id });
  await showTicket(ticket);
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  await answer().getByRole('textbox', { name: 'Answer' }).fill('Dear Mia, we have');
  await answer().getByText(/^Draft saved/).waitFor();
  await page.reload();
  await answer().getByText('Dear Mia, we have').waitFor();
  await answer().getByText('Mia Wong').or(answer().getByText('mia@customer.test')).first().waitFor();
});

test('a mail is taken back within the moment that it is held', async () => {
  const ticket = await makeTicket(page, { subject: 'Sent too early', contact: mia.id });
  await showTicket(ticket);
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  await answer().getByRole('textbox', { name: 'Answer' }).fill('Never mind the price');
  await answer().getByRole('button', { name: 'Send', exact: true }).click();
  const held = page.getByRole('article', { name: 'Mail that is about to be sent' });
  await held.getByText(/^Will be sent in \d+ s$/).waitFor();
  // The server holds it: the window may come and go.
  await page.reload();
  await held.getByText(/^Will be sent in/).waitFor();
  await held.getByRole('button', { name: 'Undo' }).click();
  await answer().getByText('Never mind the price').waitFor();
  const { items } = await native(page, 'GET', `/desk/${companyOf(page)}/tickets/${ticket.id}/timeline`);
  assert.equal(items.filter((item) => item.type === 'thread').length, 0);
});

test('contacts and accounts are made, linked and show their tickets', async () => {
  await open(page, 'accounts');
  await page.getByRole('button', { name: 'New account' }).first().click();
  const account = page.getByRole('dialog', { name: 'New account' });
  await account.getByLabel('Name', { exact: true }).or(account.getByLabel('Name *')).first().fill('Lighthouse Ltd');
  await account.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Lighthouse Ltd' }).waitFor();
  await page.getByRole('tab', { name: 'Contacts' }).click();
  await page.getByRole('button', { name: 'New contact' }).click();
  const contact = page.getByRole('dialog', { name: 'New contact' });
  await contact.getByLabel('Last name').fill('Keeper');
  await contact.getByLabel('E-mail', { exact: true }).fill('keeper@lighthouse.test');
  await contact.getByRole('button', { name: 'Create' }).click();
  await row('Keeper').getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Keeper' }).waitFor();
  await page.getByRole('link', { name: 'Lighthouse Ltd' }).first().waitFor();
  await page.getByRole('button', { name: 'New ticket' }).click();
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByLabel('Subject').fill('The lens is dusty');
  await dialog.getByRole('button', { name: 'Create ticket' }).click();
  await page.getByRole('heading', { name: 'The lens is dusty' }).waitFor();
  await (await showDetails(page)).getByRole('link', { name: 'Lighthouse Ltd' }).first().click();
  await row('The lens is dusty').waitFor();
  assert.deepEqual(page.faults, []);
});
