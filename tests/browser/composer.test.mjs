// What is written on a ticket is never lost, never sent twice and never read by whom it was not written for.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, isReady, joinAsAda, make, makeTicket, native, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { until } from './support/processes.mjs';

const red_dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==', 'base64');
let office, browser, page, mia;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  const meta = await native(page, 'GET', `/desk/${companyOf(page)}/meta`);
  await native(page, 'POST', `/desk/${companyOf(page)}/mailboxes`, {
    address: 'support@acme.test', display_name: 'Support', department: meta.departments[0].id, is_enabled: true,
    imap: { host: '', port: 993, security: 'tls', user: '', folder: 'INBOX' }, smtp: { host: '', port: 465, security: 'tls', user: '' },
  });
  mia = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const answerOf = (window) => window.getByRole('region', { name: 'Answer' });
const answer = () => answerOf(page);
const text = (window = page) => answerOf(window).getByRole('textbox', { name: 'Answer' });
const comment = () => answer().getByRole('textbox', { name: 'Comment' });
const press = (name) => page.getByRole('button', { name, exact: true }).click();
const draftOf = (ticket) => native(page, 'GET', `/desk/${companyOf(page)}/tickets/${ticket.id}/draft`);
const timelineOf = (ticket) => native(page, 'GET', `/desk/${companyOf(page)}/tickets/${ticket.id}/timeline`);

async function showNew(subject) {
  const ticket = await makeTicket(page, { subject, contact: mia.id });
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('heading', { name: subject }).waitFor();
  return ticket;
}

/** Puts a picture into the text as a paste does. */
async function pastePicture() {
  await text().evaluate((element, bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], 'dot.png', { type: 'image/png' }));
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, red_dot.toString('base64'));
  await text().locator('img[alt="dot.png"]').waitFor();
}

test('who types at once after the key for a comment writes, and presses no other key of the ticket', async () => {
  const ticket = await showNew('Types fast');
  await page.keyboard.type('n');
  await page.keyboard.type('eee, no reply yet');
  await comment().getByText('eee, no reply yet').waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Types fast' }).count(), 1);
  assert.equal((await native(page, 'GET', `/desk/${companyOf(page)}/tickets/${ticket.id}`)).status, ticket.status);
});

test('a private comment never stands in a mail because somebody pressed another tab', async () => {
  await showNew('Leaving for a competitor');
  await press('Comment');
  await comment().fill('Between us: she is about to leave');
  await answer().getByRole('tab', { name: 'Reply', exact: true }).click();
  await text().fill('Dear Mia, hello');
  await answer().getByRole('tab', { name: 'Forward' }).click();
  assert.equal((await text().innerText()).trim(), '');
  await answer().getByRole('tab', { name: 'Comment' }).click();
  assert.equal(await comment().innerText(), 'Between us: she is about to leave');
  await answer().getByText(/^Draft saved/).waitFor();
  await page.reload();
  await comment().getByText('Between us: she is about to leave').waitFor();
  await answer().getByRole('tab', { name: /^Reply(?! all)/ }).click();
  await text().getByText('Dear Mia, hello').waitFor();
  await answer().getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('article', { name: 'Mail that is about to be sent' }).getByText(/Will be sent in/).waitFor();
  await comment().getByText('Between us: she is about to leave').waitFor();
});

test('a draft comes back whole: its pictures, its files and its recipients', async () => {
  await showNew('A whole draft');
  await press('Reply');
  await text().pressSequentially('See this: ');
  await pastePicture();
  await page.locator('input[type=file]').first().setInputFiles({ name: 'the "plan".pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(2048, 'x') });
  await answer().getByText('the "plan".pdf').waitFor();
  await answer().getByText(/^Draft saved/).waitFor();
  await page.reload();
  await answer().getByText('the "plan".pdf').waitFor();
  await answer().getByText('2 KB').or(answer().getByText('2 kB')).waitFor();
  const shown = text().locator('img[alt="dot.png"]');
  await shown.waitFor();
  await page.waitForFunction(() => document.querySelector('img[alt="dot.png"]').naturalWidth === 5);
  assert.equal(await answer().getByRole('list', { name: 'Attachments' }).getByRole('listitem').count(), 1);
});

test('a draft that is thrown away can be taken back, and one that waits leaves the keys to the page', async () => {
  await showNew('Thrown away');
  await press('Reply');
  await text().fill('An hour of work');
  await answer().getByRole('button', { name: 'Throw the draft away' }).click();
  await answer().waitFor({ state: 'detached' });
  await page.getByText('The draft is thrown away.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await text().getByText('An hour of work').waitFor();
  await answer().getByText(/^Draft saved/).waitFor();
  await page.reload();
  await text().getByText('An hour of work').waitFor();
  await isReady(page);
  await page.keyboard.press('f');
  await answer().getByRole('tab', { name: 'Forward', selected: true }).waitFor();
  assert.equal((await text().innerText()).trim(), '');
});

test('a comment that was added does not come back as a draft, however slowly the server forgets it', async () => {
  const ticket = await showNew('Said once');
  await press('Comment');
  await comment().fill('Once and for all');
  await answer().getByText(/^Draft saved/).waitFor();
  await page.route('**/draft', async (route) => {
    if (route.request().method() !== 'DELETE') return route.fallback();
    const read = page.waitForResponse((answered) => answered.url().endsWith('/draft') && answered.request().method() === 'GET');
    await native(page, 'PATCH', `/desk/${companyOf(page)}/tickets/${ticket.id}`, { priority: 'high' });
    await read;
    return route.continue();
  });
  await answer().getByRole('button', { name: 'Add private comment' }).click();
  await page.getByRole('article').filter({ hasText: 'Once and for all' }).waitFor();
  await until('the server forgets the draft', async () => (await draftOf(ticket)) === null);
  await page.unroute('**/draft');
  await page.getByRole('button', { name: 'Reply', exact: true }).waitFor();
  assert.equal(await page.getByText('This draft was sent or thrown away in another window.').count(), 0);
});

test('two windows show the same draft, and none is overwritten or sent twice', async () => {
  const ticket = await showNew('Two windows');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('heading', { name: 'Two windows' }).waitFor();
  await press('Reply');
  await text().fill('Written in the first');
  await text(other).getByText('Written in the first').waitFor();
  // While the second is cut off from the server, both go on writing.
  await other.context().route('**/draft', (route) => (route.request().method() === 'PUT' && route.request().frame().page() === other ? route.abort() : route.fallback()));
  await text(other).pressSequentially(' and the second');
  await answerOf(other).getByText('Not saved yet').waitFor();
  await text().pressSequentially(' and again');
  await until('the first has saved', async () => JSON.stringify(await draftOf(ticket)).includes('and again'));
  await other.context().unroute('**/draft');
  await text(other).pressSequentially('!');
  await answerOf(other).getByText('You have written on this in another window, too.').waitFor();
  await answerOf(other).getByRole('button', { name: 'Show that text' }).click();
  await text(other).getByText('Written in the first and again').waitFor();
  await answer().getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('article', { name: 'Mail that is about to be sent' }).getByText(/Will be sent in/).waitFor();
  await answerOf(other).waitFor({ state: 'detached' });
  await other.getByText('This draft was sent or thrown away in another window.').waitFor();
  await page.getByRole('article', { name: 'Message from Ada Byron' }).waitFor();
  const { items } = await timelineOf(ticket);
  assert.equal(items.filter((item) => item.type === 'thread').length, 1);
  await other.close();
});

test('what could not be saved survives a reload, and is saved when the server is back', async () => {
  await showNew('Server away');
  await press('Reply');
  await page.route('**/draft', (route) => (route.request().method() === 'PUT' ? route.abort() : route.fallback()));
  await text().fill('The last words');
  await answer().getByText('Not saved yet').waitFor();
  await page.reload();
  await text().getByText('The last words').waitFor();
  await page.unroute('**/draft');
  await answer().getByText(/^Draft saved/).waitFor();
});

test('a forward shows what it carries', async () => {
  const ticket = await makeTicket(page, { subject: 'What is forwarded', contact: mia.id, description: '<p>The lamp blinks at night.</p>' });
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('heading', { name: 'What is forwarded' }).waitFor();
  await press('Forward');
  const carried = answer().getByRole('region', { name: 'What is forwarded' });
  await carried.frameLocator('iframe').getByText('The lamp blinks at night.').waitFor();
});

test('a file that is too large is refused before it is sent, with the limit', async () => {
  await showNew('Too large');
  await press('Reply');
  const uploads = [];
  page.on('request', (request) => request.url().endsWith('/uploads') && uploads.push(request.url()));
  await text().evaluate((element) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(26 * 1024 * 1024 + 1)], 'film.mp4', { type: 'video/mp4' }));
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.getByText(/film\.mp4 was not attached: a file may have 25 MB at most/).waitFor();
  assert.deepEqual(uploads, []);
  const answered = await page.evaluate(async (path) => {
    const { csrf_token } = await (await fetch('/native/session')).json();
    const form = new FormData();
    form.append('file', new File([new Uint8Array(27 * 1024 * 1024)], 'film.mp4'));
    const answer = await fetch(path, { method: 'POST', headers: { 'X-CSRF-Token': csrf_token }, body: form });
    return `${answer.status} ${(await answer.json()).error.code}`;
  }, `/native/desk/${companyOf(page)}/uploads`);
  assert.match(answered, /^413 (file|body)_too_large$/);
});

test('a ticket in the recycle bin says so and is brought back from there', async () => {
  const ticket = await showNew('Deleted by mistake');
  await native(page, 'DELETE', `/desk/${companyOf(page)}/tickets/${ticket.id}`);
  await page.reload();
  await page.getByText('This ticket is in the recycle bin.').waitFor();
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('button', { name: 'Reply', exact: true }).waitFor();
  assert.equal(await page.getByText('This ticket is in the recycle bin.').count(), 0);
});
