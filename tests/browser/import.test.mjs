// What `tandem mail import` takes in can be opened: every text and every file.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { companyOf, joinAsAda, native, open, startBrowser } from './support/browser.mjs';
import { startOffice, tandem } from './support/office.mjs';
import { until } from './support/processes.mjs';

const mails = new URL('../data/mail/', import.meta.url).pathname;
let office, browser, page, tickets;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  const org = companyOf(page);
  const meta = await native(page, 'GET', `/desk/${org}/meta`);
  await native(page, 'POST', `/desk/${org}/mailboxes`, {
    address: 'support@tandem.example', display_name: 'Support', department: meta.departments[0].id, is_enabled: false,
    imap: { host: '', port: 993, security: 'tls', user: '', folder: 'INBOX' }, smtp: { host: '', port: 465, security: 'tls', user: '' },
  });
  tandem('mail', 'import', '--config', office.config, '--mailbox', 'support@tandem.example', mails);
  tickets = (await native(page, 'GET', `/desk/${org}/tickets?limit=200`)).records;
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

test('every mail became a ticket, or waits as a parked mail', async () => {
  const parked = await native(page, 'GET', `/desk/${companyOf(page)}/parked_mails`);
  const count = readdirSync(mails).filter((name) => name.endsWith('.eml')).length;
  const waiting = Object.values(parked).find(Array.isArray).length;
  let taken = 0;
  for (const ticket of tickets) taken += ticket.thread_count ?? 0;
  assert.ok(taken + waiting >= count, `${count} mails, ${taken} taken in, ${waiting} parked`);
});

test('the imported tickets stand in the queue with subjects in every script', async () => {
  await open(page, 'tickets?view=all');
  await page.getByRole('table', { name: 'All tickets' }).waitFor();
  const shown = tickets.map((ticket) => ticket.title).join('\n');
  assert.match(shown, /[\u3040-\u30ff]/, 'Japanese');
  assert.match(shown, /[\u0400-\u04ff]/, 'Russian');
  assert.doesNotMatch(shown, /\ufffd/);
});

test('every text and every file of every ticket opens on the screen', async () => {
  const failed = [];
  page.on('response', (answer) => answer.status() >= 400 && failed.push(`${answer.status()} ${answer.url()}`));
  let bodies = 0;
  let files = 0;
  for (const ticket of tickets) {
    await open(page, `tickets/${ticket.id}`);
    await page.getByRole('heading', { name: ticket.title, exact: true }).waitFor();
    const talk = page.getByRole('region', { name: 'Conversation' });
    await talk.getByRole('article').first().waitFor();
    for (const folded of await talk.getByRole('button', { expanded: false }).all()) await folded.click();
    for (const article of await talk.getByRole('article').all()) {
      const frame = article.locator('iframe').first();
      const body = frame.contentFrame().locator('body');
      const links = article.getByRole('link', { name: /^Download / });
      await until(`${ticket.title}: a text, a picture or a file`, async () =>
        (await body.innerText()).trim() !== '' || (await body.locator('img').count()) > 0 || (await links.count()) > 0);
      const are_whole = await body.locator('img[src^="/native/"]').evaluateAll((images) =>
        images.every((image) => image.complete && image.naturalWidth > 0));
      assert.ok(are_whole, `${ticket.title}: the pictures of the text`);
      bodies += 1;
      for (const link of await links.all()) {
        // Not by a click: Chromium keeps people from downloading many files at once, and signatures at all.
        const answer = await page.request.get(await link.getAttribute('href'));
        const name = await link.getAttribute('download');
        assert.equal(answer.status(), 200, `${ticket.title}: ${name}`);
        assert.match(answer.headers()['content-disposition'], /^attachment/);
        assert.ok((await answer.body()).length > 0, `${ticket.title}: ${name}`);
        files += 1;
      }
    }
  }
  assert.deepEqual(failed, []);
  assert.ok(bodies >= tickets.length && files > 5, `${bodies} texts, ${files} files`);
  assert.deepEqual(page.faults, []);
});
