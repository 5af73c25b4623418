// A product is entered, put on a ticket and with a customer; a department lays out its own tickets.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, join, joinAsAda, keepPicture, make, makeTicket, native, newPage, open, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { showDetails } from './support/ways.mjs';

const ben = { email: 'ben@example.com', name: 'Ben Ito', password: 'parcels and letters' };
let office, browser, page, ticket, mia;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  mia = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' });
  ticket = await makeTicket(page, { subject: 'The lamp flickers', contact: mia.id });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const details = () => showDetails(page);
const row = (words) => page.getByRole('row').filter({ hasText: words });

// S025, S027
test('a product is entered for a department and has a page of its own', async () => {
  await open(page, 'products');
  await page.getByText('No product yet').waitFor();
  await page.getByRole('button', { name: 'New product' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New product' });
  await dialog.getByLabel('Product name').fill('Lamp 3000');
  await dialog.getByLabel('Product code').fill('L-3000');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('Fill this in.').waitFor();
  await dialog.getByRole('combobox', { name: 'Departments' }).click();
  await page.getByRole('option', { name: 'Support' }).click();
  await dialog.getByLabel('Unit price').fill('129.5');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Lamp 3000' }).waitFor();
  await page.getByText('129.50').waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'product');
});

// S026
test('a ticket is about it, and the product lists the ticket', async () => {
  await open(page, `tickets/${ticket.id}`);
  await (await details()).getByRole('button', { name: 'Edit Product' }).click();
  await page.getByRole('option', { name: /^Lamp 3000/ }).click();
  await (await details()).getByRole('link', { name: 'Lamp 3000' }).click();
  await page.getByRole('heading', { name: 'Lamp 3000' }).waitFor();
  await row('The lamp flickers').waitFor();
});

test('a customer has it, and the product knows its customers', async () => {
  await open(page, `contacts/${mia.id}?tab=products`);
  await page.getByRole('combobox', { name: 'Add a product' }).click();
  await page.getByRole('option', { name: /^Lamp 3000/ }).click();
  await row('L-3000').getByRole('link', { name: 'Lamp 3000' }).click();
  await page.getByRole('tab', { name: 'Customers' }).click();
  await row('mia@customer.test').waitFor();
  assert.deepEqual(await findings(page), []);
});

test('a department lays out its tickets by keyboard, and forms and tickets follow', async () => {
  await open(page, 'settings/layouts');
  await page.getByText('This department has the usual layout.', { exact: false }).waitFor();
  for (const field of ['Classification', 'Language']) await page.getByRole('button', { name: `Take ${field} out` }).click();
  await page.getByRole('combobox', { name: 'When Category must be filled in' }).click();
  await page.getByRole('option', { name: 'Required', exact: true }).click();
  await page.getByRole('button', { name: 'Move Category with the arrow keys' }).focus();
  await page.keyboard.press('ArrowUp');
  await page.getByText(/^Category: section 1, place \d+$/).waitFor({ state: 'attached' });
  await page.getByRole('textbox', { name: 'Heading of section 1' }).fill('About the lamp');
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'layouts');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('This department has its own layout.').waitFor();

  await open(page, `tickets/${ticket.id}`);
  await (await details()).getByRole('heading', { name: 'About the lamp' }).waitFor();
  assert.equal(await (await details()).getByText('Classification').count(), 0);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByText('Fill this in before the ticket is closed.', { exact: false }).first().waitFor();

  await open(page, 'tickets');
  await page.getByRole('button', { name: 'New ticket' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByRole('heading', { name: 'About the lamp' }).waitFor();
  await dialog.getByRole('textbox', { name: 'Subject' }).fill('Another lamp');
  await dialog.getByRole('button', { name: 'Create ticket' }).click();
  await dialog.getByText('Fill this in.').waitFor();
  await dialog.getByRole('textbox', { name: 'Category' }).fill('Lamps');
  await dialog.getByRole('button', { name: 'Create ticket' }).click();
  await page.getByRole('heading', { name: 'Another lamp' }).waitFor();
});

test('a choice that is called otherwise stays on the tickets, and a field may name a colleague', async () => {
  await open(page, 'settings/fields');
  await page.getByRole('button', { name: 'New field' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New field' });
  await dialog.getByLabel('Label').fill('Colour');
  await dialog.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'One of several' }).click();
  await dialog.getByRole('button', { name: 'Add a choice' }).click();
  await dialog.getByRole('textbox', { name: 'Choice 1' }).fill('Red');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Choice 2' }).fill('Blue');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await row('Colour').waitFor();
  const lamp = await makeTicket(page, { subject: 'A red lamp', category: 'Lamps', custom: { colour: 'red' } });
  await row('Colour').getByRole('button', { name: 'Actions for Colour' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Colour' });
  await edit.getByRole('textbox', { name: 'Choice 1' }).fill('Crimson');
  await edit.getByRole('button', { name: 'Save' }).click();
  await edit.waitFor({ state: 'detached' });
  // A field of one's own that the layout does not name is not shown; elsewhere it is known by its new word.
  await open(page, 'settings/layouts');
  await page.getByRole('button', { name: 'Add Colour' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Layout saved').waitFor();
  await open(page, `tickets/${lamp.id}`);
  await (await details()).getByText('Crimson').waitFor();
});

test('products and layouts fit a telephone', async () => {
  await page.setViewportSize(phone);
  for (const path of ['products', 'settings/layouts']) {
    await open(page, path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`);
  }
  assert.deepEqual(await findings(page), []);
});

// S025; manual, Products 1.2
test('an agent is offered their own departments, and a list counts what it has no room for', async () => {
  const org = companyOf(page);
  const [support] = (await native(page, 'GET', `/desk/${org}/meta`)).departments;
  const others = [await make(page, 'departments', { name: 'Repairs' }), await make(page, 'departments', { name: 'Warehouse' })];
  await make(page, 'products', { name: 'Lamp of all', departments: [support.id, ...others.map(({ id }) => id)] });
  const { roles } = await native(page, 'GET', `/desk/${org}/roles`);
  await native(page, 'POST', `/desk/${org}/people`, {
    email: ben.email, name: ben.name, role_id: roles.find((role) => role.kind === 'agent').id, department_ids: [support.id],
  });
  const his = await newPage(browser, office);
  await join(his, await office.linkFor(ben.email), ben);
  await open(his, 'products');
  const line = his.getByRole('row').filter({ hasText: 'Lamp of all' });
  await line.getByText('+1', { exact: true }).waitFor();
  assert.deepEqual(await findings(his), []);
  await keepPicture(his, 'products-of-three');
  await his.getByRole('button', { name: 'New product' }).first().click();
  await his.getByRole('dialog', { name: 'New product' }).getByRole('combobox', { name: 'Departments' }).click();
  await his.getByRole('option', { name: 'Support' }).waitFor();
  assert.deepEqual(await his.getByRole('option').allInnerTexts(), ['Support']);
});
