// An administrator subscribes a server; what changes arrives there, signed; the log says so, and sends it again.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { findings, joinAsAda, keepPicture, makeTicket, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { until } from './support/processes.mjs';

let office, browser, page, receiver, address, secret;
let status = 200;
const heard = [];

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    heard.push({ headers: request.headers, body, events: JSON.parse(body) });
    response.writeHead(status).end(status === 200 ? 'thank you' : 'not today');
  });
  await new Promise((listening) => receiver.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${receiver.address().port}/hook`;
});
after(async () => {
  await browser?.close();
  await office?.stop();
  receiver?.close();
});

/** As the manual says that a receiver does it. */
function isGenuine({ headers, body }) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
}

async function looksWell(name) {
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, name);
}

test('an administrator adds a webhook and is shown its secret once', async () => {
  await open(page, 'settings/webhooks');
  await page.getByText('No webhooks').waitFor();
  await page.getByRole('button', { name: 'Add a webhook' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a webhook' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Warehouse');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(address);
  await dialog.getByText('This address is not encrypted').waitFor();
  await dialog.getByRole('combobox', { name: 'Events' }).click();
  await page.getByRole('option', { name: 'Ticket added' }).click();
  await page.getByRole('option', { name: 'Ticket changed' }).click();
  await page.keyboard.press('Escape');
  await dialog.getByRole('combobox', { name: 'Departments of the tickets' }).waitFor();
  assert.equal(await dialog.getByRole('switch', { name: 'Include private comments' }).isChecked(), false);
  await looksWell('webhook-dialog');
  await dialog.getByRole('button', { name: 'Add a webhook' }).click();
  const shown = page.getByRole('status').filter({ hasText: 'The secret of Warehouse' });
  secret = (await shown.innerText()).match(/whsec_\S+/)[0];
  await looksWell('webhooks');
});

test('a test says what the server answers', async () => {
  await page.getByRole('button', { name: 'Actions for Warehouse' }).click();
  await page.getByRole('menuitem', { name: 'Send a test' }).click();
  await page.getByText('Warehouse accepted the test').waitFor();
  assert.equal(heard.at(-1).events[0].eventType, 'Webhook_Test');
  assert.ok(isGenuine(heard.at(-1)));
});

test('what changes arrives within seconds, signed', async () => {
  status = 422;
  await makeTicket(page, { subject: 'Wet parcel' });
  const request = await until('the event', () => heard.find((each) => each.events[0].eventType === 'Ticket_Add'));
  assert.equal(request.events[0].payload.subject, 'Wet parcel');
  assert.ok(isGenuine(request));
});

test('the log shows what failed, and it is sent again by hand', async () => {
  await page.getByRole('link', { name: 'Warehouse' }).click();
  await page.getByRole('heading', { name: 'Log of Warehouse' }).waitFor();
  const row = page.getByRole('row').filter({ hasText: 'Ticket added' });
  await until('the answer', async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    return row.getByText('Failed').isVisible();
  });
  await row.getByText('not today').waitFor();
  await looksWell('webhook-log');
  status = 200;
  await row.getByRole('button', { name: 'Actions for Ticket added' }).click();
  await page.getByRole('menuitem', { name: 'Send again' }).click();
  await until('the second try', async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    return row.getByText('Delivered').isVisible();
  });
  await row.getByRole('button', { name: 'Actions for Ticket added' }).click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await page.getByRole('dialog', { name: 'Ticket added' }).getByText('"Wet parcel"').waitFor();
  assert.deepEqual(page.faults, []);
});
