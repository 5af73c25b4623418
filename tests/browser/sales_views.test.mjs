// Views of one's own in CRM: put together, used, changed, copied, shared, deleted and brought back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings, isReady, joinAsAda, keepPicture, native, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page;

before(async () => {
  office = await startOffice({ app: 'crm' });
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
  for (const [last_name, company, city] of [['Silva', 'Lumen', 'Lisboa'], ['Tanaka', 'Akari', 'Tokyo'], ['Becker', 'Licht', 'Berlin']])
    await native(page, 'POST', `${home()}/leads`, { last_name, company, city, lead_source: city === 'Tokyo' ? 'trade_show' : 'cold_call' });
  await native(page, 'POST', `${home()}/deals`, { name: 'Lamps', amount: '900', closes_on: '2027-03-01' });
  await native(page, 'POST', `${home()}/deals`, { name: 'Shades', amount: '20', closes_on: '2027-03-01' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

/** "/crm/12" of the page that is open. */
const home = () => /\/(?:crm|bigin)\/\d+/.exec(page.url())[0];
const open = (path) => page.goto(`${home()}/${path}`);
const row = (words) => page.getByRole('row').filter({ hasText: words });
const dialog = (name) => page.getByRole('dialog', { name });
const viewMenu = () => page.getByRole('combobox', { name: 'View', exact: true });
const acts = (name) => page.getByRole('button', { name: `Actions for ${name}`, exact: true });

/** Chooses in a menu by what is shown. */
async function choose(input, option) {
  await input.click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** The view is shown: its name, with or without a count. */
const isShown = (name) => page.waitForFunction(
  (begin) => [...document.querySelectorAll('input[aria-label="View"]')].some((input) => input.value === begin || input.value.startsWith(`${begin} (`)), name,
);

test('a view is put together from conditions, columns and an order, and lists these leads', async () => {
  await open('leads');
  await row('Tanaka').waitFor();
  await page.getByRole('button', { name: 'New view' }).click();
  const form = dialog('New view');
  await form.getByRole('textbox', { name: 'Name' }).fill('Cold calls in Europe');
  await form.getByRole('button', { name: 'Add condition' }).click();
  const source = form.getByRole('group').filter({ has: page.getByRole('combobox', { name: 'Field' }) }).last();
  await choose(source.getByRole('combobox', { name: 'Field' }), 'Lead source');
  await form.getByText('Finish the conditions').waitFor();
  await source.getByRole('combobox', { name: 'Value' }).click();
  await page.getByRole('option', { name: 'Cold call', exact: true }).click();
  await page.keyboard.press('Tab');
  await form.getByText('Finds 2 records now').waitFor();
  await choose(form.getByRole('combobox', { name: 'Sorted by' }), 'Last name');
  await choose(form.getByRole('combobox', { name: 'Order' }), 'Smallest or oldest first');
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'sales-view-builder');
  await form.getByRole('button', { name: 'Create view' }).click();
  await row('Tanaka').waitFor({ state: 'detached' });
  await row('Silva').waitFor();
  await isShown('Cold calls in Europe');
  const shown = (await page.getByRole('row').allInnerTexts()).join(' ');
  assert.ok(shown.indexOf('Becker') < shown.indexOf('Silva'), `in the order of the view: ${shown}`);
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'sales-view');
});

test('it is changed, copied and shared, and each is listed by its address', async () => {
  await acts('Cold calls in Europe').click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const form = dialog('Edit Cold calls in Europe');
  await form.getByRole('textbox', { name: 'Name' }).fill('Cold calls');
  await choose(form.getByRole('combobox', { name: 'Who has this view' }), 'Everybody');
  await form.getByRole('button', { name: 'Save' }).click();
  await isShown('Cold calls');
  await acts('Cold calls').click();
  await page.getByRole('menuitem', { name: 'Make a copy' }).click();
  const copy = dialog('New view');
  assert.equal(await copy.getByRole('textbox', { name: 'Name' }).inputValue(), 'Cold calls (copy)');
  await copy.getByRole('textbox', { name: 'Name' }).fill('All but these');
  await choose(copy.getByRole('combobox', { name: 'Comparison' }), 'is none of');
  await copy.getByRole('button', { name: 'Create view' }).click();
  await row('Silva').waitFor({ state: 'detached' });
  await row('Tanaka').waitFor();
  await page.reload();
  await row('Tanaka').waitFor();
  await isShown('All but these');
});

test('a ready view stands beside them, and the person goes from one to the other', async () => {
  await viewMenu().click();
  await page.getByRole('option', { name: /^Mine/ }).click();
  await row('Silva').waitFor();
  await row('Tanaka').waitFor();
  await viewMenu().click();
  await page.getByRole('option', { name: /^All but these/ }).click();
  await row('Silva').waitFor({ state: 'detached' });
});

test('a view is deleted and brought back', async () => {
  await acts('All but these').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await dialog('Delete “All but these”?').getByRole('button', { name: 'Delete' }).click();
  await row('Silva').waitFor();
  await isShown('All');
  await page.getByRole('button', { name: 'Undo' }).click();
  await isShown('All but these');
  await row('Silva').waitFor({ state: 'detached' });
});

test('deals have views of their own, in their list', async () => {
  await open('deals?shape=list');
  await row('Shades').waitFor();
  await page.getByRole('button', { name: 'New view' }).click();
  const form = dialog('New view');
  await form.getByRole('textbox', { name: 'Name' }).fill('Big ones');
  await form.getByRole('button', { name: 'Add condition' }).click();
  const line = form.getByRole('group').filter({ has: page.getByRole('combobox', { name: 'Field' }) }).last();
  await choose(line.getByRole('combobox', { name: 'Field' }), 'Amount');
  await choose(line.getByRole('combobox', { name: 'Comparison' }), 'is at least');
  await line.getByLabel('Value').fill('100');
  await form.getByText('Finds 1 record now').waitFor();
  await form.getByRole('button', { name: 'Create view' }).click();
  await row('Shades').waitFor({ state: 'detached' });
  await row('Lamps').waitFor();
  await viewMenu().click();
  await page.getByRole('option', { name: /^Big ones/ }).waitFor();
  assert.equal(await page.getByRole('option', { name: /^Cold calls/ }).count(), 0, 'views of leads are not offered here');
  await page.keyboard.press('Escape');
});

// Deals 3.3, Custom views 4.3
test('the board of deals shows a view as well, and takes it along to the list', async () => {
  const column = page.getByRole('region', { name: 'Qualification', exact: true });
  await open('deals');
  await column.getByRole('link', { name: 'Shades' }).waitFor();
  await column.getByText('920').first().waitFor();
  await viewMenu().click();
  await page.getByRole('option', { name: /^Big ones/ }).click();
  await column.getByRole('link', { name: 'Shades' }).waitFor({ state: 'detached' });
  await column.getByRole('link', { name: 'Lamps' }).waitFor();
  await column.getByText('900').first().waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'sales-view-board');
  await page.getByRole('radiogroup', { name: 'How deals are shown' }).locator('label', { hasText: 'List' }).click();
  await row('Lamps').waitFor();
  await isShown('Big ones');
  await acts('Big ones').click();
  await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
  await page.keyboard.press('Escape');
});
