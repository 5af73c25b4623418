// Working through a queue: what it begins with, what its menus offer, and nothing lost on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, joinAsAda, make, makeTicket, native, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { showView } from './support/ways.mjs';

let office, browser, page, mia;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  mia = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' });
  for (let count = 1; count <= 40; count += 1) await makeTicket(page, { subject: `Parcel ${count}`, contact: mia.id });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const row = (words) => page.getByRole('row').filter({ hasText: words });
const list = () => page.getByRole('table');
const newTicket = () => page.getByRole('dialog', { name: 'New ticket' });
const openNewTicket = () => page.getByRole('button', { name: 'New ticket' }).first().click();
const api = (path) => native(page, 'GET', `/desk/${companyOf(page)}${path}`);

test('the queue begins with what is open, and closed tickets have a view of their own', async () => {
  const done = await makeTicket(page, { subject: 'Solved long ago' });
  await native(page, 'PATCH', `/desk/${companyOf(page)}/tickets/${done.id}`, { status: 'closed' });
  await open(page, 'tickets');
  await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
  await row('Parcel 40').waitFor();
  assert.equal(await row('Solved long ago').count(), 0);
  await showView(page, 'Closed');
  await row('Solved long ago').waitFor();
});

test('an empty form names what is missing at once, and a long subject is told before it is sent', async () => {
  await open(page, 'tickets');
  await openNewTicket();
  const subject = newTicket().getByRole('textbox', { name: 'Subject' });
  await newTicket().getByRole('button', { name: 'Create ticket' }).click();
  await newTicket().getByText('Fill this in.').waitFor();
  assert.ok(await subject.evaluate((input) => input === document.activeElement), 'the first fault has the focus');
  await subject.fill('x'.repeat(300));
  await newTicket().getByText('Use at most 255 characters.').waitFor();
  await subject.fill('');
  await page.keyboard.press('Escape');
});

test('a half-written ticket outlives Escape, and notes a call by its channel', async () => {
  await openNewTicket();
  await newTicket().getByRole('textbox', { name: 'Subject' }).fill('Where is my parcel');
  await newTicket().getByRole('textbox', { name: 'Description' }).fill('She waits since Monday.');
  await page.keyboard.press('Escape');
  await newTicket().waitFor({ state: 'detached' });
  await openNewTicket();
  await newTicket().getByText('This is the ticket you had begun.').waitFor();
  assert.equal(await newTicket().getByRole('textbox', { name: 'Subject' }).inputValue(), 'Where is my parcel');
  await newTicket().getByRole('combobox', { name: 'Contact' }).fill('Mia');
  await page.getByRole('option', { name: /^Mia Wong/ }).click();
  await newTicket().getByRole('button', { name: 'Create ticket' }).click();
  await page.getByRole('heading', { name: 'Where is my parcel' }).waitFor();
  const id = /tickets\/(\d+)/.exec(page.url())[1];
  const made = await api(`/tickets/${id}`);
  assert.deepEqual([made.channel, made.last_word_by], ['phone', 'customer']);
  await open(page, 'tickets');
  await openNewTicket();
  await newTicket().getByRole('textbox', { name: 'Subject' }).waitFor();
  assert.equal(await newTicket().getByText('This is the ticket you had begun.').count(), 0);
  await page.keyboard.press('Escape');
});

test('menus offer whom the server will take, and nobody else', async () => {
  await openNewTicket();
  await newTicket().getByRole('combobox', { name: 'Owner' }).click();
  await page.getByRole('option').first().waitFor();
  const { owners } = await api(`/ticket_choices?department=${(await api('/meta')).departments[0].id}`);
  assert.equal(await page.getByRole('option').count(), owners.length);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await newTicket().waitFor({ state: 'detached' });
});

test('what many at once did is undone in one go', async () => {
  await open(page, 'tickets');
  await row('Parcel 40').waitFor();
  for (const words of ['Parcel 40', 'Parcel 39']) await row(words).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Change a field' }).click();
  await page.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'Category' }).click();
  await page.getByRole('textbox', { name: 'Category' }).fill('Delivery');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 records changed').waitFor();
  const filter = encodeURIComponent(JSON.stringify({ field: 'category', is: 'Delivery' }));
  assert.equal((await api(`/tickets?count=1&filter=${filter}`)).count, 2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('It is as before').waitFor();
  assert.equal((await api(`/tickets?count=1&filter=${filter}`)).count, 0);
});

test('a time of which a part is missing is asked for, and empties nothing of the chosen tickets', async () => {
  const { records } = await api('/tickets?words=Parcel%2038');
  await native(page, 'PATCH', `/desk/${companyOf(page)}/tickets/${records[0].id}`, { due_at: '2035-03-02T09:00:00Z' });
  await open(page, 'tickets');
  for (const words of ['Parcel 38', 'Parcel 37']) await row(words).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Change a field' }).click();
  await page.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'Due', exact: true }).click();
  const due = page.getByRole('dialog').getByLabel('Due', { exact: true });
  await due.focus();
  await page.keyboard.type('1104');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Give a day and a time.').waitFor();
  assert.equal((await api(`/tickets/${records[0].id}`)).due_at, '2035-03-02T09:00:00.000Z');
  await due.fill('2036-03-02T10:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 records changed').waitFor();
});

test('coming back from a ticket finds the list where it was left', async () => {
  await open(page, 'tickets');
  await row('Parcel 40').waitFor();
  await list().evaluate((element) => element.scrollTo(0, 900));
  await row('Parcel 20').waitFor();
  const link = row('Parcel 20').getByRole('link').first();
  await link.focus();
  const left_at = await list().evaluate((element) => element.scrollTop);
  await link.click();
  await page.getByRole('heading', { name: 'Parcel 20' }).waitFor();
  await page.goBack();
  await row('Parcel 20').waitFor();
  assert.equal(await list().evaluate((element) => element.scrollTop), left_at);
});

test('a name finds the tickets of who asks, from the palette to the search page', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').last().fill('Mia Wong');
  await page.getByRole('option', { name: /Parcel 40/ }).waitFor();
  await page.getByRole('option', { name: /“Mia Wong”/ }).click();
  await page.waitForURL(/\/search\?q=/);
  await page.getByRole('region', { name: 'Tickets' }).getByRole('link', { name: /Parcel 40/ }).waitFor();
  await page.getByRole('region', { name: 'Contacts' }).getByRole('link', { name: /Mia Wong/ }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('contacts are searched in their own list', async () => {
  await make(page, 'contacts', { last_name: 'Nobody' });
  await open(page, 'contacts');
  await row('Nobody').waitFor();
  const box = page.getByRole('searchbox', { name: 'Search contacts' });
  await box.fill('mia@customer');
  await row('Nobody').waitFor({ state: 'detached' });
  await row('Mia Wong').waitFor();
  await page.goBack();
  await row('Nobody').waitFor();
  assert.equal(await box.inputValue(), '');
});

test('what lies in the recycle bin is chosen and brought back', async () => {
  const gone = await makeTicket(page, { subject: 'Thrown away' });
  await native(page, 'DELETE', `/desk/${companyOf(page)}/tickets/${gone.id}`);
  await open(page, 'settings/recycle-bin');
  await row('Thrown away').getByRole('checkbox').check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Restore' }).click();
  await page.getByText('1 record is back').waitFor();
});
