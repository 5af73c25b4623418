// Whoever makes a contact hears who has the address already; two contacts of one person become one and are taken apart again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desktop, findings, isReady, joinAsAda, keepPicture, native, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page, mia, twin;

before(async () => {
  office = await startOffice({ app: 'crm' });
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  mia = await make('contacts', { first_name: 'Mia', last_name: 'Wong', phone: '+49 30 1234567' });
  twin = await make('contacts', { first_name: 'Mia', last_name: 'Wong-Ray', phone: '030 1234567', email: 'mia@home.test' });
  await make('tasks', { subject: 'Call Mia', contact: twin.id });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const home = () => /\/crm\/\d+/.exec(page.url())[0];
const open = (path) => page.goto(`${home()}/${path}`);
const make = (module, values) => native(page, 'POST', `${home()}/${module}`, values);
const dialog = () => page.getByRole('dialog', { name: 'Merge into Mia Wong' });

// Duplicates 1.1
test('the form of a new contact says who has the address already, and lets it be', async () => {
  await open('contacts');
  await page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'New contact' }).click();
  const form = page.getByRole('dialog', { name: 'New contact' });
  await form.getByLabel('Last name').fill('Somebody');
  await form.getByLabel('E-mail', { exact: true }).fill('Mia@Home.test');
  await form.getByText('There already').waitFor();
  await form.getByRole('link', { name: 'Mia Wong-Ray' }).waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'sales-duplicate-warning');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Somebody' }).waitFor();
});

// Duplicates 1.4, 2.1, 2.4, 3.1
test('a possible duplicate is merged after a look at what will happen, and the merge is undone', async () => {
  await open(`contacts/${mia.id}`);
  const note = page.getByRole('region', { name: 'Possible duplicates' });
  await note.getByRole('link', { name: 'Mia Wong-Ray' }).waitFor();
  await note.getByRole('button', { name: 'Merge with Mia Wong-Ray…' }).click();
  await dialog().getByRole('region', { name: 'What will happen' }).waitFor();
  await dialog().getByRole('radiogroup', { name: 'Last name' }).getByRole('radio', { name: /Wong-Ray/ }).first().click();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'sales-merge');
  await dialog().getByRole('button', { name: 'Merge', exact: true }).click();
  await dialog().waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Mia Wong-Ray' }).waitFor();
  const merged = await native(page, 'GET', `${home()}/contacts/${mia.id}`);
  assert.deepEqual([merged.last_name, merged.email], ['Wong-Ray', 'mia@home.test']);
  await page.getByRole('tab', { name: 'Activities' }).click();
  await page.getByRole('link', { name: 'Call Mia' }).waitFor();
  await open(`contacts/${twin.id}`);
  await page.waitForURL(new RegExp(`contacts/${mia.id}$`));
  await page.getByRole('button', { name: 'Merge…', exact: true }).click();
  const again = page.getByRole('dialog', { name: 'Merge into Mia Wong-Ray' });
  await again.getByRole('button', { name: 'Undo the merge of Mia Wong-Ray' }).click();
  await page.getByText('The records are apart again.').waitFor();
  assert.equal((await native(page, 'GET', `${home()}/contacts/${twin.id}`)).merged_into, null);
});

test('the dialog fits a phone in the dark, in Japanese as well', async () => {
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await native(page, 'PATCH', '/me', { locale: 'ja' });
  await open(`contacts/${mia.id}`);
  const note = page.getByRole('region', { name: '重複の可能性' }).or(page.locator('section').filter({ hasText: 'Wong-Ray' }).first());
  await note.getByRole('button').first().click();
  await page.getByRole('dialog').getByText('ごみ箱').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'sales-merge-phone-dark-japanese');
  await page.setViewportSize(desktop);
  assert.deepEqual(page.faults, []);
});
