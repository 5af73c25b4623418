// A page of another site embeds a form; a visitor sends it, and the ticket stands in the queue. An agent notes a call.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { joinAsAda, newPage, open, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { until } from './support/processes.mjs';

let office, browser, page, site, site_origin, form_address, snippet;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  site = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>${snippet ?? ''}</html>`);
  });
  await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
  site_origin = `http://127.0.0.1:${site.address().port}`;
});
after(async () => {
  await browser?.close();
  await office?.stop();
  site?.close();
});

test('an administrator makes a form and gets the line that embeds it', async () => {
  await open(page, 'settings/web-forms');
  await page.getByText('No form yet').waitFor();
  await page.getByRole('button', { name: 'Add a form' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a form' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Shop');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Write to the shop');
  await dialog.getByRole('textbox', { name: 'Sites that may embed it' }).fill(site_origin);
  await dialog.getByRole('button', { name: 'Add a form' }).click();
  await page.getByRole('button', { name: 'Actions for Shop' }).click();
  await page.getByRole('menuitem', { name: 'Show it on a site' }).click();
  const embed = page.getByRole('dialog', { name: 'Shop' });
  form_address = /src="([^"]+)"/.exec(await embed.locator('code', { hasText: '<iframe' }).innerText())[1];
  snippet = await embed.locator('code', { hasText: '<script' }).innerText();
  await embed.frameLocator('iframe').getByRole('heading', { name: 'Write to the shop' }).waitFor();
  await page.keyboard.press('Escape');
});

test('a visitor of another site is told what is wrong, loses nothing, and sends it', async () => {
  const visitor = await newPage(browser, office, { viewport: phone });
  await visitor.goto(site_origin);
  const form = visitor.frameLocator('iframe');
  // The frame is as high as the form, also when a refusal makes it longer.
  const isFitted = async () => {
    const inside = await form.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
    return (await visitor.locator('iframe').evaluate((frame) => frame.clientHeight)) === inside && inside;
  };
  const first_height = await until('the frame to fit', isFitted);
  await form.getByLabel('E-mail').fill('mia.wong@customer.test');
  await form.getByLabel('Message').fill('The parcel is wet.');
  await form.getByLabel('Subject').fill('Wet parcel');
  // What a machine does: the field that nobody sees.
  await form.locator('#f-website').evaluate((field) => { field.value = 'https://cheap.test'; });
  await form.getByRole('button', { name: 'Send' }).click();
  await form.getByRole('alert').waitFor();
  assert.ok(await until('the longer frame to fit', isFitted) > first_height);
  assert.equal(await form.getByLabel('Message').inputValue(), 'The parcel is wet.');
  assert.equal(await form.locator('#f-website').inputValue(), '');
  // Who is faster than three seconds is asked to send once more.
  await until('the thanks', async () => {
    if (await form.getByRole('heading', { name: 'Thank you' }).isVisible()) return true;
    await form.getByRole('button', { name: 'Send' }).click({ timeout: 1_000 }).catch(() => null);
    return null;
  });
  assert.deepEqual(visitor.faults, []);
  await visitor.context().close();
  await open(page, 'tickets');
  await page.getByRole('row').filter({ hasText: 'Wet parcel' }).first().waitFor();
});

test('a site that the form does not name can not show it', async () => {
  const stranger = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<iframe src="${form_address}"></iframe>`);
  });
  await new Promise((listening) => stranger.listen(0, '127.0.0.1', listening));
  const visitor = await newPage(browser, office);
  const refused = visitor.waitForEvent('console', { predicate: (said) => said.text().includes('frame-ancestors') });
  await visitor.goto(`http://127.0.0.1:${stranger.address().port}`);
  await refused;
  await visitor.context().close();
  stranger.close();
});

test('an agent notes a call on the ticket while it lasts', async () => {
  await page.getByRole('row').filter({ hasText: 'Wet parcel' }).getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Wet parcel' }).waitFor();
  await page.getByRole('button', { name: 'More actions', exact: true }).first().click();
  await page.getByRole('menuitem', { name: 'Log a call' }).click();
  const dialog = page.getByRole('dialog', { name: 'Log a call' });
  await dialog.getByRole('timer').waitFor();
  await dialog.getByRole('textbox', { name: 'Number' }).fill('+49 30 1234567');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('She wants a new one.');
  await dialog.getByRole('button', { name: 'Note the call' }).click();
  await page.getByText('Call from +49 30 1234567').first().waitFor();
  assert.deepEqual(page.faults, []);
});
