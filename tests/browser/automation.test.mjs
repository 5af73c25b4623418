// Rules that act by themselves and macros that people run: made in the settings, seen at work on tickets.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  companyOf, findings, hasCursor, isReady, joinAsAda, keepPicture, makeTicket, native, open, phone, startBrowser,
} from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, ada;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  ada = await joinAsAda(browser, office);
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const button = (page, name) => page.getByRole('button', { name, exact: true });
const dialog = (page) => page.getByRole('dialog');
const action = (page, place) => dialog(page).getByRole('group', { name: `Action ${place}` });

async function choose(scope, name, option) {
  await scope.getByRole('combobox', { name, exact: true }).click();
  await ada.getByRole('option', { name: option, exact: true }).click();
}

test('S003: a rule is made in the settings, acts on a ticket and stands in its history by name', async () => {
  await open(ada, 'settings/automation-rules');
  await ada.getByText('No rule yet').waitFor();
  await button(ada, 'New rule').click();
  await dialog(ada).getByRole('textbox', { name: 'Name' }).fill('The server is down');
  await button(dialog(ada), 'Add condition').click();
  await choose(dialog(ada).getByRole('group', { name: 'Status' }), 'Field', 'Subject');
  await dialog(ada).getByRole('group', { name: 'Subject' }).getByRole('textbox', { name: 'Value' }).fill('down');
  await button(dialog(ada), 'Create').click();
  await dialog(ada).getByText('Choose the field that is set.').waitFor();
  await choose(action(ada, 1), 'Field', 'Priority');
  await action(ada, 1).getByRole('combobox', { name: 'Value' }).click();
  await ada.getByRole('option', { name: 'Urgent' }).click();
  await button(dialog(ada), 'Add an action').click();
  await choose(action(ada, 2), 'Action', 'Escalate');
  await button(dialog(ada), 'Add an action').click();
  await choose(action(ada, 3), 'Action', 'Comment privately');
  await action(ada, 3).getByRole('textbox', { name: 'Text' }).fill('Call the provider.');
  await keepPicture(ada, 'automation-rule-dialog');
  await button(dialog(ada), 'Create').click();
  await dialog(ada).waitFor({ state: 'detached' });
  await ada.getByRole('table').getByText('1. The server is down').waitFor();

  const ticket = await makeTicket(ada, { subject: 'Our server is down' });
  assert.equal(ticket.priority, 'urgent');
  await open(ada, `tickets/${ticket.id}`);
  await ada.getByRole('main').getByText('Call the provider.').waitFor();
  await ada.getByText('The server is down', { exact: true }).first().waitFor();
  await keepPicture(ada, 'automation-history');
});

test('S003: a rule of time is made, says which tickets it would touch, and its list says when it acts', async () => {
  const late = await makeTicket(ada, { subject: 'Past its date', due_at: '2026-01-05T09:00:00Z' });
  await open(ada, 'settings/automation-rules');
  await button(ada, 'New rule').click();
  await dialog(ada).getByRole('textbox', { name: 'Name' }).fill('Two days late');
  await choose(dialog(ada), 'Starts when', 'Time has passed');
  await dialog(ada).getByRole('textbox', { name: 'Wait' }).fill('2');
  await choose(dialog(ada), 'After', 'the due date');
  await button(dialog(ada), 'Add condition').click();
  await choose(dialog(ada).getByRole('group', { name: 'Status' }), 'Field', 'Subject');
  await dialog(ada).getByRole('group', { name: 'Subject' }).getByRole('textbox', { name: 'Value' }).fill('Past');
  await choose(action(ada, 1), 'Action', 'Mail the customer');
  await action(ada, 1).getByRole('textbox', { name: 'Text' }).fill('Dear {contact.name}, we are late.');
  await button(dialog(ada), 'Which tickets now?').click();
  await dialog(ada).getByText('1 ticket would be touched now').waitFor();
  await dialog(ada).getByRole('link', { name: `#${late.number}` }).waitFor();
  await keepPicture(ada, 'automation-timed-dialog');
  await choose(action(ada, 1), 'Action', 'Escalate');
  await dialog(ada).getByRole('switch', { name: 'Also tickets whose time is over already' }).click();
  await button(dialog(ada), 'Create').click();
  await dialog(ada).waitFor({ state: 'detached' });
  await ada.getByRole('table').getByText('2 days after the due date').waitFor();
  await ada.getByText('All open tickets were gone through').waitFor();
  await keepPicture(ada, 'automation-timed-list');
  const read = () => native(ada, 'GET', `/desk/${companyOf(ada)}/tickets/${late.id}`);
  for (let look = 0; look < 40 && !(await read()).is_escalated; look += 1) await ada.waitForTimeout(500);
  assert.equal((await read()).is_escalated, true);
  const rules = (await native(ada, 'GET', `/desk/${companyOf(ada)}/automation_rules`)).rules;
  await native(ada, 'DELETE', `/desk/${companyOf(ada)}/automation_rules/${rules.find((rule) => rule.name === 'Two days late').id}`);
});

test('S003: a rule is switched off, moved and deleted', async () => {
  const org = companyOf(ada);
  await native(ada, 'POST', `/desk/${org}/automation_rules`, { name: 'Second', event: 'status_changed', actions: [{ do: 'escalate' }] });
  await open(ada, 'settings/automation-rules');
  await ada.getByText('2. Second').waitFor();
  await ada.getByRole('switch', { name: 'Second: in use' }).click({ force: true });
  await ada.waitForFunction(() => document.querySelectorAll('input[role="switch"]:checked').length === 1);
  await button(ada, 'Actions for Second').click();
  await ada.getByRole('menuitem', { name: 'Move up' }).click();
  await ada.getByText('1. Second').waitFor();
  await button(ada, 'Actions for Second').click();
  await ada.getByRole('menuitem', { name: 'Delete' }).click();
  await button(dialog(ada), 'Delete').click();
  await ada.getByText('1. The server is down').waitFor();
});

test('S003: a macro is made, and run from a ticket and from the command palette', async () => {
  await open(ada, 'settings/macros');
  await ada.getByText('No macro yet').waitFor();
  await button(ada, 'New macro').click();
  await dialog(ada).getByRole('textbox', { name: 'Name' }).fill('Take and answer');
  await choose(action(ada, 1), 'Action', 'Assign');
  await choose(action(ada, 1), 'Assign to', 'Whoever runs it');
  await button(dialog(ada), 'Add an action').click();
  await choose(action(ada, 2), 'Action', 'Put text into a draft');
  await action(ada, 2).getByRole('textbox', { name: 'Text' }).fill('Thank you for writing.');
  await keepPicture(ada, 'automation-macro-dialog');
  await button(dialog(ada), 'Create').click();
  await ada.getByRole('table').getByText('Take and answer').waitFor();

  const org = companyOf(ada);
  await native(ada, 'POST', `/desk/${org}/macros`, { name: 'Close it', actions: [{ do: 'set_field', field: 'status', value: 'closed' }] });
  const ticket = await makeTicket(ada, { subject: 'A question', email: 'mia@customer.test' });
  await open(ada, `tickets/${ticket.id}`);
  await ada.getByRole('heading', { name: 'A question' }).waitFor();
  await button(ada, 'More actions').click();
  await keepPicture(ada, 'automation-macro-menu');
  await ada.getByRole('menuitem', { name: 'Take and answer' }).click();
  await ada.getByText('Take and answer: done').waitFor();
  const draft = await native(ada, 'GET', `/desk/${org}/tickets/${ticket.id}/draft`);
  assert.equal(draft.html, '<p>Thank you for writing.</p>');
  await ada.keyboard.press('Control+k');
  await hasCursor(ada.getByRole('dialog').getByRole('combobox'));
  await ada.keyboard.type('close it');
  await ada.getByRole('option', { name: /Close it/ }).first().click();
  await ada.getByText('Close it: done').waitFor();
  const left = await native(ada, 'GET', `/desk/${org}/tickets/${ticket.id}`);
  assert.equal(left.status, 'closed');
});

test('axe finds nothing on the pages and dialogs of automation, in every language, theme and on a phone', async () => {
  const found = [];
  const look = async (name) => {
    await isReady(ada);
    await keepPicture(ada, name);
    found.push(...(await findings(ada)).map((finding) => `${name}: ${finding}`));
  };
  for (const look_of of ['light', 'dark', 'phone', 'ja', 'zh', 'pt']) {
    const is_english = ['light', 'dark', 'phone'].includes(look_of);
    await native(ada, 'PATCH', '/me', { theme: look_of === 'dark' ? 'dark' : 'light', locale: is_english ? 'en' : look_of });
    await ada.setViewportSize(look_of === 'phone' ? phone : { width: 1360, height: 860 });
    for (const page of ['automation-rules', 'macros']) {
      await open(ada, `settings/${page}`);
      await ada.getByRole('table').waitFor();
      await look(`${page}-${look_of}`);
      await ada.getByRole('table').getByRole('button').last().click();
      await ada.getByRole('menuitem').first().click();
      await dialog(ada).getByRole('group').first().waitFor();
      await look(`${page}-dialog-${look_of}`);
    }
  }
  assert.deepEqual(found, []);
  assert.deepEqual(ada.faults, []);
});
