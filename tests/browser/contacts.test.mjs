// Two contacts of one person become one and are taken apart again; an address that is taken names its contact.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, isReady, joinAsAda, keepPicture, make, makeTicket, native, open, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page, mia, home, ticket;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  mia = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test', phone: '+49 30 1234567' });
  home = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong-Ray', email: 'mia@home.test', phone: '030 1234567', city: 'Porto', mobile: '+49 30 1234567' });
  ticket = await makeTicket(page, { subject: 'From home', contact: home.id, channel: 'email', description: '<p>Hello.</p>' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const dialog = () => page.getByRole('dialog', { name: 'Merge into Mia Wong' });

test('a further address is kept as a mail link, and a taken one names its contact', async () => {
  await open(page, `contacts/${mia.id}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const form = page.getByRole('dialog');
  const further = form.getByLabel('Further e-mails').and(form.locator('input'));
  await further.fill('mia@home.test');
  await further.press('Enter');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('“Mia Wong-Ray”').first().waitFor();
  await page.keyboard.press('Escape');
  await native(page, 'PATCH', `/desk/${companyOf(page)}/contacts/${mia.id}`, { other_emails: ['mia@club.test'] });
  await open(page, `contacts/${mia.id}`);
  await page.getByRole('link', { name: 'mia@club.test' }).waitFor();
});

// Contacts and accounts 3.3
test('who edits a contact keeps what a colleague changed meanwhile, and is asked where both changed the same', async () => {
  const org = companyOf(page);
  const ana = await make(page, 'contacts', { first_name: 'Ana', last_name: 'Lima', email: 'ana@customer.test', city: 'Porto' });
  await open(page, `contacts/${ana.id}`);
  // Her name changes while the form is open.
  const form = page.getByRole('dialog', { name: /^Edit Ann?a Lima$/ });
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await form.getByRole('textbox', { name: 'Street' }).fill('Rua Nova 1');
  await form.getByRole('textbox', { name: 'City' }).fill('Lisbon');
  await native(page, 'PATCH', `/desk/${org}/contacts/${ana.id}`, { first_name: 'Anna', city: 'Braga' });
  await form.getByRole('button', { name: 'Save' }).click();
  const question = page.getByRole('dialog', { name: 'Somebody else has changed this' });
  await question.getByText('Braga').waitFor();
  await question.getByText('Lisbon').waitFor();
  assert.equal(await question.getByText('Anna').count(), 0);
  await question.getByRole('button', { name: 'Use mine' }).click();
  await form.waitFor({ state: 'detached' });
  const saved = await native(page, 'GET', `/desk/${org}/contacts/${ana.id}`);
  assert.deepEqual([saved.first_name, saved.street, saved.city], ['Anna', 'Rua Nova 1', 'Lisbon']);
});

// S024
test('the list is narrowed by any field, and the address keeps it', async () => {
  await make(page, 'contacts', { first_name: 'Rui', last_name: 'Costa', email: 'rui@customer.test', city: 'Faro' });
  await open(page, 'contacts');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const filter = page.getByRole('dialog', { name: 'Filter the list' });
  await filter.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'City', exact: true }).click();
  await filter.getByRole('textbox', { name: 'Value' }).fill('faro');
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'contacts-filter');
  await filter.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('link', { name: 'Rui Costa' }).waitFor();
  await page.getByRole('link', { name: 'Mia Wong', exact: true }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Filter: one condition' }).waitFor();
  await page.getByRole('link', { name: 'Rui Costa' }).waitFor();
  await page.getByRole('button', { name: 'Remove the filter' }).click();
  await page.getByRole('link', { name: 'Mia Wong', exact: true }).waitFor();
});

test('a possible duplicate is merged field by field, and the merge is undone', async () => {
  await open(page, `contacts/${mia.id}`);
  const note = page.getByRole('region', { name: 'Possible duplicates' });
  await note.getByText('The same telephone as').waitFor();
  await note.getByRole('button', { name: 'Merge with Mia Wong-Ray…' }).click();
  await dialog().getByText('Nobody is sent anything.').waitFor();
  await dialog().getByText('Further e-mails then: mia@club.test and mia@home.test').waitFor();
  await dialog().getByRole('radiogroup', { name: 'Last name' }).getByRole('radio', { name: 'Wong-Ray' }).check();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'contact-merge');
  await dialog().getByRole('button', { name: 'Merge', exact: true }).click();
  await dialog().waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Mia Wong-Ray' }).waitFor();
  const org = companyOf(page);
  assert.equal((await native(page, 'GET', `/desk/${org}/tickets/${ticket.id}`)).contact.id, mia.id);
  await open(page, `contacts/${home.id}`);
  await page.getByRole('heading', { name: 'Mia Wong-Ray' }).waitFor();
  await page.waitForURL(`**/contacts/${mia.id}`);
  await keepPicture(page, 'contact-merged');
  await page.getByRole('button', { name: 'Merge…', exact: true }).click();
  await page.getByRole('button', { name: 'Undo the merge of Mia Wong-Ray' }).click();
  await page.getByText('The contacts are apart again.').waitFor();
  assert.equal((await native(page, 'GET', `/desk/${org}/tickets/${ticket.id}`)).contact.id, home.id);
});

test('the list of possible duplicates fits a phone in the dark, and a pair is dismissed', async () => {
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, 'contacts/duplicates');
  await page.getByText('Same telephone').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'duplicates-phone-dark');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
  await page.getByRole('button', { name: /are two people/ }).click();
  await page.getByText('No possible duplicates').waitFor();
  assert.deepEqual(page.faults.filter((each) => !/409|422/.test(each)), []);
});
