// A customer says how an answer was, in a browser of their own; the agent sees it at once. S022, S023
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { companyOf, findings, isReady, joinAsAda, keepPicture, make, makeTicket, native, newPage, open, phone, sendsAtOnce, startBrowser } from './support/browser.mjs';
import { leavesOf, readMail } from './support/mails.mjs';
import { startOffice } from './support/office.mjs';
import { until } from './support/processes.mjs';

const customer = 'mia.wong@customer.test';
let office, browser, page, ticket, contact, links;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  await sendsAtOnce(page);
  contact = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: customer });
  ticket = await makeTicket(page, { subject: 'The parcel is wet', contact: contact.id, channel: 'email', description: '<p>It rained.</p>' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

/** The links at the end of the newest mail to the customer, by face. */
function linksIn(outbox) {
  if (!existsSync(outbox)) return null;
  const raw = readdirSync(outbox).filter((name) => name.endsWith('.eml')).sort().map((name) => readFileSync(join(outbox, name), 'latin1'))
    .findLast((mail) => mail.includes(customer));
  if (raw === undefined) return null;
  // The outbox writes the envelope before the mail.
  const text = leavesOf(readMail(raw)).find((leaf) => leaf.type.startsWith('text/plain')).content.toString();
  const found = [...text.matchAll(/(http:\S+\/rate\/\S+)\?face=(\w+)/g)].map(([whole, , face]) => [face, whole]);
  return found.length === 0 ? null : Object.fromEntries(found);
}

test('an administrator lets a department ask for ratings', async () => {
  await open(page, 'settings/customer-ratings');
  const part = page.getByRole('region').or(page.locator('section')).filter({ has: page.getByRole('switch') }).first();
  await part.getByRole('switch').click();
  await part.getByRole('radio', { name: 'With each reply' }).waitFor();
  await part.getByLabel('Text above the faces').fill('How did Acme do?');
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'settings-customer-ratings');
  await part.getByRole('button', { name: /^Save ratings of/ }).click();
  await page.getByText(/^Ratings of .* saved\.$/).waitFor();
  await page.reload();
  await page.getByLabel('Text above the faces').first().waitFor();
  assert.equal(await page.getByLabel('Text above the faces').first().inputValue(), 'How did Acme do?');
});

test('a reply ends with three faces for the customer', async () => {
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  const composer = page.getByRole('region', { name: 'Answer' });
  await composer.getByRole('textbox', { name: 'Answer' }).fill('We send a dry one.');
  await composer.getByRole('button', { name: 'Send', exact: true }).click();
  links = await until('the mail with the faces', () => linksIn(join(office.data, 'outbox')), 30_000);
  assert.deepEqual(Object.keys(links), ['good', 'okay', 'bad']);
});

test('opening a link, as mail scanners do, rates nothing', async () => {
  for (const link of Object.values(links)) assert.equal((await fetch(link)).status, 200);
  const { rating } = await native(page, 'GET', `/desk/${companyOf(page)}/tickets/${ticket.id}`);
  assert.equal(rating, null);
});

test('the customer rates without signing in and without script, and the agent sees it live', async () => {
  const visitor = await newPage(browser, office, { viewport: phone, colorScheme: 'dark', javaScriptEnabled: false });
  await visitor.goto(links.good);
  await visitor.getByRole('heading', { name: 'How was our answer?' }).waitFor();
  assert.ok(await visitor.getByRole('radio', { name: 'Good' }).isChecked());
  await visitor.getByLabel('Would you like to add something?').fill('Quick & kind');
  await keepPicture(visitor, 'rating-page-phone-dark');
  await visitor.getByRole('button', { name: 'Send rating' }).click();
  await visitor.getByRole('heading', { name: 'Thank you!' }).waitFor();
  await page.getByText('Rated: Good').waitFor();
  await page.getByText('rated an answer: Good').waitFor();
  await page.getByText('Quick & kind').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'ticket-rated');
  await visitor.context().close();
});

test('a second press changes the rating, by keyboard alone', async () => {
  const visitor = await newPage(browser, office);
  await visitor.goto(links.good);
  assert.deepEqual(await findings(visitor), []);
  await visitor.keyboard.press('Tab');
  await visitor.keyboard.press('ArrowRight');
  await visitor.keyboard.press('ArrowRight');
  await visitor.keyboard.press('Tab');
  await visitor.keyboard.press('Tab');
  await visitor.keyboard.press('Enter');
  await visitor.getByRole('heading', { name: 'Thank you!' }).waitFor();
  assert.deepEqual(await findings(visitor), []);
  await page.getByText('Rated: Bad').waitFor();
  await visitor.goto(`${office.address}/rate/not-a-link`);
  await visitor.getByRole('heading', { name: 'This can’t be rated' }).waitFor();
  assert.deepEqual(await findings(visitor), []);
  await visitor.context().close();
});

test('the contact shows the figures, on a phone and in the dark too', async () => {
  await open(page, `contacts/${contact.id}`);
  const card = page.getByRole('region', { name: 'Statistics' });
  await card.getByText('Bad 100% (1)').waitFor();
  for (const label of ['Tickets', 'Open', 'Overdue', 'First answer after', 'Closed after']) await card.getByText(label, { exact: true }).waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'contact-statistics');
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'contact-statistics-phone-dark');
  assert.deepEqual(page.faults, []);
});
