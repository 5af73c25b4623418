// Views of one's own: put together, used, sent to a colleague, copied, deleted and brought back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, hasCursor, isReady, joinAsAda, keepPicture, make, makeTicket, native, open, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { until } from './support/processes.mjs';
import { openViewActs, viewsOf, waitForFaultyView, waitForView } from './support/ways.mjs';

let office, browser, page, warehouse;

const api = (method, path, body) => native(page, method, `/desk/${companyOf(page)}${path}`, body);

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  warehouse = await make(page, 'departments', { name: 'Warehouse' });
  const shared = await makeTicket(page, { subject: 'Payment failed' });
  const closed = await makeTicket(page, { subject: 'Paid at last' });
  const contacts = [];
  for (const last_name of ['Wong', 'Ferreira', 'Okafor']) contacts.push(await make(page, 'contacts', { last_name }));
  await makeTicket(page, { subject: 'Printer is on fire', priority: 'urgent', contact: contacts[0].id });
  await makeTicket(page, { subject: 'Lamp is dark', contact: contacts[1].id });
  await makeTicket(page, { subject: 'Door is loud', contact: contacts[2].id });
  for (const ticket of [shared, closed]) await api('POST', `/tickets/${ticket.id}/shares`, { shares: [{ department: warehouse.id }] });
  await api('POST', `/tickets/${closed.id}/close`);
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const row = (words) => page.getByRole('row').filter({ hasText: words });
const dialog = (name) => page.getByRole('dialog', { name });
const newView = () => page.getByRole('button', { name: 'New view' });
const line = (field) => dialog('New view').getByRole('group', { name: field, exact: true });

/** Chooses in a menu of the dialog by what is shown. */
async function choose(input, option) {
  await input.click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function addCondition(field) {
  await dialog('New view').getByRole('button', { name: 'Add condition' }).last().click();
  const added = dialog('New view').getByRole('group', { name: 'Status', exact: true }).last();
  if (field !== 'Status') await choose(added.getByRole('combobox', { name: 'Field' }), field);
  return line(field).last();
}

test('"shared to others is yes and status is open" lists exactly these tickets', async () => { // S029, S030, S031
  await open(page, 'tickets');
  await newView().click();
  await dialog('New view').getByRole('textbox', { name: 'Name' }).fill('Shared out');
  await addCondition('Shared to others');
  await dialog('New view').getByText('Finds 2 tickets now').waitFor();
  const status = await addCondition('Status');
  await dialog('New view').getByText('Finish the conditions').waitFor();
  await dialog('New view').getByRole('button', { name: 'Create view' }).click();
  await dialog('New view').getByText('Give a value.').waitFor();
  await status.getByRole('combobox', { name: 'Value' }).click();
  await page.getByRole('option', { name: 'Open', exact: true }).click();
  await page.keyboard.press('Tab');
  await dialog('New view').getByText('Finds 1 ticket now').waitFor();
  await keepPicture(page, 'view-builder');
  assert.deepEqual(await findings(page), []);
  await dialog('New view').getByRole('button', { name: 'Create view' }).click();
  await page.getByRole('heading', { name: 'Shared out', level: 1 }).waitFor();
  await row('Payment failed').waitFor();
  await page.getByRole('row').nth(2).waitFor({ state: 'detached' }); // the head and one ticket stay
  await waitForView(page, 'Shared out 1');
  await isReady(page);
  await keepPicture(page, 'custom-view');
  assert.deepEqual(await findings(page), []);
});

test('groups join conditions by any, and a copy begins as its model', async () => { // S029
  await openViewActs(page, 'Shared out');
  await page.getByRole('menuitem', { name: 'Make a copy' }).click();
  const name = dialog('New view').getByRole('textbox', { name: 'Name' });
  assert.equal(await name.inputValue(), 'Shared out (copy)');
  await name.fill('Hot');
  await dialog('New view').getByRole('button', { name: 'Remove the condition on Shared to others' }).click();
  await dialog('New view').getByRole('button', { name: 'Add group' }).click();
  const group = dialog('New view').getByRole('group', { name: 'Group of conditions' });
  await choose(group.getByRole('combobox', { name: 'Field' }), 'Priority');
  await group.getByRole('combobox', { name: 'Value' }).click();
  await page.getByRole('option', { name: 'Urgent', exact: true }).click();
  await page.keyboard.press('Tab');
  await dialog('New view').getByText('Finds 1 ticket now').waitFor();
  await dialog('New view').getByRole('button', { name: 'Create view' }).click();
  await row('Printer is on fire').waitFor();
  assert.equal(await row('Payment failed').count(), 0);
});

test('a condition names several contacts, found by typing', async () => {
  await newView().click();
  await dialog('New view').getByRole('textbox', { name: 'Name' }).fill('Two people');
  const contact = await addCondition('Contact');
  await choose(contact.getByRole('combobox', { name: 'Comparison' }), 'is any of');
  const value = contact.getByRole('combobox', { name: 'Value' });
  await value.click();
  for (const name of ['Wong', 'Ferreira']) {
    await value.fill(name.slice(0, 4));
    await page.getByRole('option', { name }).click();
  }
  await page.keyboard.press('Tab');
  await dialog('New view').getByText('Finds 2 tickets now').waitFor();
  await keepPicture(page, 'view-builder-contacts');
  await dialog('New view').getByRole('button', { name: 'Create view' }).click();
  await row('Lamp is dark').waitFor();
  assert.equal(await row('Door is loud').count(), 0);
  await openViewActs(page, 'Two people');
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await dialog('Edit Two people').getByText('Ferreira', { exact: true }).waitFor();
  await dialog('Edit Two people').getByRole('button', { name: 'Cancel' }).click();
  const { views } = await api('GET', '/views');
  await api('DELETE', `/views/${views.find((view) => view.name === 'Two people').id}`);
  await open(page, 'tickets');
});

test('a view that was made through the API keeps all its conditions when it gets another name', async () => {
  const filter = { any_of: [{ field: 'subject', ends_with: 'fire' }, { field: 'due_at', at_most: 'now' }] };
  const { id } = await api('POST', '/views', { name: 'From afar', filter, sort: '-created_at', columns: [], audience: { kind: 'owner', ids: [] } });
  await open(page, `tickets?view=${id}`);
  await row('Printer is on fire').waitFor();
  await openViewActs(page, 'From afar');
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const edit = dialog('Edit From afar');
  assert.equal(await edit.getByRole('group', { name: 'Subject', exact: true }).getByRole('combobox', { name: 'Comparison' }).inputValue(), 'ends with');
  await edit.getByRole('group', { name: 'A condition made through the API' }).waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'view-builder-kept');
  await edit.getByRole('textbox', { name: 'Name' }).fill('From nearby');
  await edit.getByRole('button', { name: 'Save' }).click();
  await edit.waitFor({ state: 'detached' });
  const { views } = await api('GET', '/views');
  assert.deepEqual(views.find((view) => view.name === 'From nearby').filter, filter);
  await api('DELETE', `/views/${id}`);
  await open(page, 'tickets');
});

test('a view is shared, and its address opens it for a colleague', async () => {
  await openViewActs(page, 'Hot');
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await choose(dialog('Edit Hot').getByRole('combobox', { name: 'Who has this view' }), 'Departments');
  await dialog('Edit Hot').getByRole('combobox', { name: 'Departments' }).click();
  await page.getByRole('option', { name: 'Warehouse', exact: true }).click();
  await page.keyboard.press('Tab');
  await dialog('Edit Hot').getByRole('button', { name: 'Save' }).click();
  await dialog('Edit Hot').waitFor({ state: 'detached' });
  const { views } = await api('GET', '/views');
  const hot = views.find((view) => view.name === 'Hot');
  assert.deepEqual(hot.audience, { kind: 'departments', ids: [warehouse.id] });
  await open(page, 'tickets');
  await open(page, `tickets?view=${hot.id}`);
  await page.getByRole('heading', { name: 'Hot', level: 1 }).waitFor();
  await row('Printer is on fire').waitFor();
});

test('a view moves up, is deleted after one question, and comes back', async () => {
  const own = async () => (await viewsOf(page)).filter((name) => /^(Hot|Shared out)\b/.test(name)).map((name) => name.replace(/ \d+$/, ''));
  assert.deepEqual(await own(), ['Shared out', 'Hot']);
  await openViewActs(page, 'Hot');
  await page.getByRole('menuitem', { name: 'Move up' }).click();
  await until('Hot stands first', async () => (await own())[0] === 'Hot');
  assert.deepEqual(await own(), ['Hot', 'Shared out']);
  await openViewActs(page, 'Hot');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await dialog('Delete “Hot”?').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Open tickets', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { name: 'Hot', level: 1 }).waitFor();
  await row('Printer is on fire').waitFor();
});

test('a view whose field is gone says so, and can be mended', async () => {
  await api('POST', '/fields/tickets', { label: 'Plan', kind: 'text' });
  const view = await api('POST', '/views', { name: 'Gold', filter: { field: 'plan', is: 'gold' } });
  await api('DELETE', '/fields/tickets/plan');
  await open(page, `tickets?view=${view.id}`);
  await page.getByText('A condition of this view no longer holds').waitFor();
  await waitForFaultyView(page, 'Gold');
  assert.deepEqual(await findings(page), []);
  await openViewActs(page, 'Gold');
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await dialog('Edit Gold').getByText('There is no field plan any more').waitFor();
  await dialog('Edit Gold').getByRole('button', { name: 'Remove the condition on plan' }).click();
  await dialog('Edit Gold').getByRole('button', { name: 'Save' }).click();
  await row('Printer is on fire').waitFor();
});

test('a view is made by the keyboard alone', async () => {
  await open(page, 'tickets');
  await row('Printer is on fire').waitFor();
  const button = newView();
  await button.focus();
  await page.keyboard.press('Enter');
  await hasCursor(dialog('New view').getByRole('textbox', { name: 'Name' }));
  await page.keyboard.type('By keys');
  await dialog('New view').getByRole('button', { name: 'Add condition' }).focus();
  await page.keyboard.press('Enter');
  await line('Status').getByRole('combobox', { name: 'Value' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await dialog('New view').getByText(/Finds \d+ tickets? now/).waitFor();
  await dialog('New view').getByRole('textbox', { name: 'Name' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'By keys', level: 1 }).waitFor();
});

test('on a small screen, too', async () => {
  await page.setViewportSize(phone);
  await open(page, 'tickets');
  await page.getByRole('button', { name: 'New view' }).click();
  await dialog('New view').getByRole('textbox', { name: 'Name' }).fill('On the way');
  await addCondition('Priority');
  await keepPicture(page, 'view-builder-390');
  assert.deepEqual(await findings(page), []);
  await line('Priority').getByRole('combobox', { name: 'Value' }).click();
  await page.getByRole('option', { name: 'Urgent', exact: true }).click();
  await page.keyboard.press('Tab');
  await dialog('New view').getByRole('button', { name: 'Create view' }).click();
  await page.getByText('Printer is on fire').waitFor();
  await page.getByRole('button', { name: 'Actions for On the way' }).waitFor();
  await keepPicture(page, 'custom-view-390');
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(page.faults, []);
});
