// Reply templates: made in the settings, put into an answer by the slash and by the button.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, hasCursor, joinAsAda, keepPicture, make, makeTicket, native, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const dialog = () => page.getByRole('dialog');
const answer = () => page.getByRole('region', { name: 'Answer' });
const text = () => answer().getByRole('textbox', { name: 'Answer' });

test('S016: a reply template is written with placeholders and a file; an unknown one is refused beside the text', async () => {
  await open(page, 'settings/reply-templates');
  await page.getByText('No template yet').waitFor();
  await page.getByRole('button', { name: 'New template' }).click();
  await dialog().getByRole('textbox', { name: 'Name' }).fill('Refund accepted');
  await dialog().getByRole('textbox', { name: 'Folder' }).fill('Money');
  await dialog().getByRole('textbox', { name: 'Text' }).pressSequentially('Dear {nobody} ');
  await dialog().getByRole('button', { name: 'Create' }).click();
  await dialog().getByRole('alert').getByText(/no such placeholder/).waitFor();
  await dialog().getByRole('textbox', { name: 'Text' }).fill('Dear ');
  await dialog().getByRole('button', { name: '{contact.first_name}' }).click();
  await hasCursor(dialog().getByRole('textbox', { name: 'Text' }));
  await page.keyboard.type(', the money is on its way.');
  await dialog().locator('input[type=file]').setInputFiles({ name: 'form.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(2048, 'x') });
  await dialog().getByRole('button', { name: 'Remove form.pdf' }).waitFor();
  await keepPicture(page, 'reply-template-dialog');
  assert.deepEqual(await findings(page), []);
  await dialog().getByRole('button', { name: 'Create' }).click();
  await dialog().waitFor({ state: 'detached' });
  await page.getByRole('table').getByText('Refund accepted').waitFor();
  assert.deepEqual(await findings(page), []);
});

test('S016: a slash and a part of the name put it into an answer, with its file', async () => {
  const mia = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' });
  const ticket = await makeTicket(page, { subject: 'My money', contact: mia.id });
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('heading', { name: 'My money' }).waitFor();
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  await text().pressSequentially('/refu');
  await page.getByRole('option', { name: /Refund accepted/ }).waitFor();
  await page.keyboard.press('Enter');
  await text().getByText('Dear Mia, the money is on its way.').waitFor();
  assert.ok(!(await text().innerText()).includes('/refu'));
  await answer().getByText('form.pdf').waitFor();
  await keepPicture(page, 'reply-template-inserted');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  // Who types fast does not wait for the list.
  await text().pressSequentially('/acce');
  await page.keyboard.press('Enter');
  await text().getByText('Dear Mia, the money is on its way.').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await answer().getByRole('button', { name: 'Reply templates' }).click();
  await page.getByRole('textbox', { name: 'Search templates' }).fill('mon');
  await keepPicture(page, 'reply-template-menu');
  await page.keyboard.press('Enter');
  await text().getByText('Dear Mia, the money is on its way.').waitFor();
  const { templates } = await native(page, 'GET', `/desk/${companyOf(page)}/reply_templates`);
  assert.equal(templates[0].use_count, 3);
});
