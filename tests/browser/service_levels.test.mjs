// An administrator says when the office works and what it promises; tickets show how much time is left, and the history
// tells what the policy did.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  companyOf, findings, isReady, joinAsAda, keepPicture, makeTicket, native, newPage, open, phone, signIn, startBrowser,
} from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { showDetails } from './support/ways.mjs';

/** The program looks every ten seconds for what is due. */

let office, browser, page, ticket;
before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

test('business hours have lunch left out, and a list of holidays', async () => {
  await open(page, 'settings/business-hours');
  await page.getByRole('button', { name: 'New list of holidays' }).click();
  const list = page.getByRole('dialog', { name: 'New list of holidays' });
  await list.getByRole('textbox', { name: 'Name', exact: true }).fill('Berlin');
  await list.getByRole('button', { name: 'Add a holiday' }).click();
  await list.getByLabel('Date').fill('2026-12-25');
  await list.getByRole('button', { name: 'Create' }).click();
  await list.getByText('Give each holiday a name.').waitFor();
  await list.getByLabel('Name of the holiday').fill('Christmas');
  await list.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('row').filter({ hasText: 'Berlin' }).waitFor();

  await page.getByRole('button', { name: 'New business hours' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New business hours' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Office');
  await dialog.getByLabel('Monday: until').fill('12:00');
  await dialog.getByRole('button', { name: 'Monday: More hours' }).click();
  await dialog.getByRole('combobox', { name: 'Holidays' }).click();
  await page.getByRole('option', { name: 'Berlin' }).click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Office' });
  await row.getByText('Mon 09:00–12:00, 13:00–17:00 · Tue – Fri 09:00–17:00').waitFor();
  await row.getByText('Usual').waitFor();
});

test('hours that overlap are refused beside the week', async () => {
  await page.getByRole('button', { name: 'New business hours' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New business hours' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Twice');
  await dialog.getByRole('button', { name: 'Monday: More hours' }).click();
  await dialog.getByLabel('Monday: from').last().fill('16:00');
  await dialog.getByLabel('Monday: until').last().fill('18:00');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('Let the').waitFor();
  await page.keyboard.press('Escape');
});

test('a policy says for which tickets, how soon, and what happens when it gets late', async () => {
  await open(page, 'settings/service-levels');
  await page.getByRole('button', { name: 'New policy' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New policy' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Gold');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('Give at least one target.').waitFor();
  await dialog.getByText('Day and night').click();
  await dialog.getByLabel('No priority: First response', { exact: true }).fill('1');
  await dialog.getByLabel('No priority: Resolution', { exact: true }).fill('8');
  await dialog.getByRole('button', { name: 'Add a condition' }).click();
  await dialog.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'Channel' }).click();
  await dialog.getByRole('combobox', { name: 'Values' }).click();
  await page.getByRole('option', { name: 'Phone' }).click();
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Add a level' }).click();
  const level = dialog.getByRole('group', { name: 'Level 1' });
  await level.getByRole('textbox', { name: 'Minutes' }).fill('60');
  await level.getByRole('combobox', { name: 'When' }).click();
  await page.getByRole('option', { name: 'before the end of' }).click();
  await level.getByRole('combobox', { name: 'Target' }).click();
  await page.getByRole('option', { name: 'First response' }).click();
  await keepPicture(page, 'service-level-dialog');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('row').filter({ hasText: 'Gold' }).getByText('8 hr').waitFor();
});

test('a ticket says how soon it must be answered and solved, and who is late', async () => {
  const meta = await native(page, 'GET', `/desk/${companyOf(page)}/meta`);
  assert.ok(meta.modules.find((module) => module.name === 'tickets').fields.some((field) => field.name === 'service_level'));
  ticket = await makeTicket(page, { subject: 'The lamp flickers', channel: 'phone' });
  await open(page, 'tickets');
  await page.getByRole('row').filter({ hasText: 'The lamp flickers' }).getByText(/Reply within/).waitFor();
  await open(page, `tickets/${ticket.id}`);
  await page.getByText(/Reply within/).waitFor();
  await page.getByText(/^[78]h.* left$/).waitFor();
});

test('the history tells what the policy did, in its name', async () => {
  const side = await showDetails(page);
  await side.getByText('Gold', { exact: true }).first().waitFor();
  await side.getByRole('tab', { name: 'History' }).click();
  await side.getByRole('listitem').filter({ hasText: 'Gold' }).getByText(/reached an escalation level for the first response \(by automation\)/).waitFor();
  await keepPicture(page, 'service-level-history');
});

test('on hold the time stands still, and goes on when the ticket is open again', async () => {
  await native(page, 'PATCH', `/desk/${companyOf(page)}/tickets/${ticket.id}`, { status: 'on_hold' });
  await page.getByText(/left, paused/).waitFor();
  await keepPicture(page, 'service-level-paused');
  await native(page, 'PATCH', `/desk/${companyOf(page)}/tickets/${ticket.id}`, { status: 'open' });
  await page.getByText(/Reply within/).waitFor();
});

for (const [name, options] of [['desktop', {}], ['phone', { viewport: phone }]]) {
  for (const theme of ['light', 'dark']) {
    test(`axe finds nothing in the settings, on a ${name}, ${theme}`, async () => {
      await native(page, 'PATCH', '/me', { theme });
      const own = await newPage(browser, office, options);
      await own.goto('/signin');
      await signIn(own);
      await own.waitForURL(/\/desk\//);
      const found = [];
      for (const place of ['service-levels', 'business-hours']) {
        await own.goto(`/desk/${companyOf(page)}/settings/${place}`);
        await own.getByRole('heading', { level: 1 }).first().waitFor();
        await isReady(own);
        const look = async (what) => {
          // Colours on their way from one theme to the other would be found too pale.
          await own.waitForFunction(() => document.getAnimations().length === 0);
          await keepPicture(own, `${what}-${name}-${theme}`);
          found.push(...(await findings(own)).map((finding) => `${what}: ${finding}`));
        };
        await look(place);
        await own.getByRole('button', { name: /^Actions for (Gold|Office)$/ }).click();
        await own.getByRole('menuitem', { name: 'Edit' }).click();
        await own.getByRole('dialog').getByRole('textbox', { name: 'Name' }).first().waitFor();
        await look(`${place}-dialog`);
      }
      assert.deepEqual(found, []);
      assert.deepEqual(own.faults, []);
      await own.context().close();
    });
  }
}
