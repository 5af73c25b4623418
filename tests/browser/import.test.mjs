// A folder of real mails, once by `tandem mail import` and once through a real IMAP server into a company of its own: the
// same becomes of each mail, nothing comes twice, and every text and file of it opens. TANDEM_MAIL_FOLDER names another
// folder than the one of the tests.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { companyOf, joinAsAda, native, open, startBrowser } from './support/browser.mjs';
import { contentsOf } from './support/mails.mjs';
import { startImapServer } from './support/mail_servers.mjs';
import { startOffice, tandem } from './support/office.mjs';
import { until } from './support/processes.mjs';
import { keyOf, takenMails } from './support/taken_mails.mjs';

const folder = process.env.TANDEM_MAIL_FOLDER ?? new URL('../data/mail/', import.meta.url).pathname;
const is_usual_folder = process.env.TANDEM_MAIL_FOLDER === undefined;
const outcomes = ['ticket', 'thread', 'bounce', 'auto_reply', 'duplicate', 'parked'];
const per_mail_ms_max = 1_000;
const pages_at_once = 4;
const by_files = {};
const by_imap = {};
let browser, imap, paths;

/** A company with a mailbox that is not read yet. */
async function startCompany(company) {
  company.office = await startOffice();
  company.page = await joinAsAda(browser, company.office);
  const { departments } = await native(company.page, 'GET', `/desk/${companyOf(company.page)}/meta`);
  company.mailbox = await native(company.page, 'POST', `/desk/${companyOf(company.page)}/mailboxes`, {
    address: 'support@tandem.example', display_name: 'Support', department: departments[0].id, is_enabled: false, poll_seconds: 1,
    imap: { host: '127.0.0.1', port: imap.port, security: 'none', user: 'support', password: 'secret', folder: 'INBOX' },
  });
}

const importFiles = (...words) =>
  tandem('mail', 'import', '--config', by_files.office.config, '--mailbox', 'support@tandem.example', ...words, folder);

/** "28 mails: 2 duplicate 26 ticket" */
function countsIn(printed) {
  const [, mails, rest] = /^(\d+) mails:(.*)$/m.exec(printed);
  const counts = Object.fromEntries([...rest.matchAll(/(\d+) (\w+)/g)].map(([, count, outcome]) => [outcome, Number(count)]));
  return { mails: Number(mails), counts, sum: Object.values(counts).reduce((sum, count) => sum + count, 0) };
}

function changeMailbox({ page, mailbox }, changes) {
  return native(page, 'PATCH', `/desk/${companyOf(page)}/mailboxes/${mailbox.id}`, changes);
}

/** Something new behind all others: when it is taken in, so is whatever was to be read before it. */
async function readToTheEnd(company, number) {
  imap.deliver('support', [
    `From: Last <last${number}@kunde.example>`, `Subject: Last ${number}`, `Message-ID: <last${number}@kunde.example>`,
    `Date: ${new Date().toUTCString()}`, '', 'The last one.', '',
  ].join('\r\n'));
  const org = companyOf(company.page);
  await until(`the mail "Last ${number}" is a ticket`, async () => {
    const { records } = await native(company.page, 'GET', `/desk/${org}/tickets?limit=5`);
    return records.some(({ title }) => title === `Last ${number}`);
  }, 20_000 + paths.length * per_mail_ms_max);
  const after = await takenMails(company.page);
  for (const [key, all] of after.taken) if (/^Last \d$/.test(all[0].subject)) after.taken.delete(key);
  return after;
}

before(async () => {
  [browser, imap] = await Promise.all([startBrowser(), startImapServer(['support'])]);
  await startCompany(by_files);
  await startCompany(by_imap);
});
after(async () => {
  await browser?.close();
  await Promise.all([by_files.office?.stop(), by_imap.office?.stop(), imap?.stop()]);
});

test('the import says what became of the mails, and the sum is their number', async () => {
  const { mails, counts, sum } = countsIn(importFiles());
  console.log(`# from files: ${mails} mails: ${JSON.stringify(counts)}`);
  assert.equal(sum, mails);
  for (const outcome of Object.keys(counts)) assert.ok(outcomes.includes(outcome), outcome);
  Object.assign(by_files, await takenMails(by_files.page));
  assert.equal(by_files.tickets.length, counts.ticket);
  assert.equal(by_files.size, mails - (counts.duplicate ?? 0), 'every mail is a message, or waits as a parked mail');
  if (!is_usual_folder) return;
  const shown = by_files.tickets.map(({ title }) => title).join('\n');
  assert.doesNotMatch(shown, /\ufffd/);
  assert.match(shown, /[\u3040-\u30ff]/, 'Japanese');
  assert.match(shown, /[\u0400-\u04ff]/, 'Russian');
});

test('a second import adds nothing', async () => {
  const lines = importFiles('--json').trim().split('\n').map((line) => JSON.parse(line));
  paths = lines.map(({ file }) => file);
  for (const line of lines) assert.ok(['duplicate', 'parked', 'bounce'].includes(line.outcome), `${line.file}: ${line.outcome}`);
  assert.deepEqual((await takenMails(by_files.page)).taken, by_files.taken);
});

test('the same mails in a mailbox become the same over IMAP', async () => {
  for (const path of paths) imap.deliver('support', readFileSync(path));
  await changeMailbox(by_imap, { is_enabled: true });
  Object.assign(by_imap, await readToTheEnd(by_imap, 1));
  assert.deepEqual([...by_imap.taken.keys()].sort(), [...by_files.taken.keys()].sort());
  for (const [key, all] of by_files.taken) assert.deepEqual(by_imap.taken.get(key), all);
  console.log(`# over IMAP: ${paths.length} mails: ${by_imap.tickets.length - 1} tickets, ${by_imap.parked.length} parked, all as from files`);
});

test('nothing comes twice when the mailbox is read again, also from its beginning or after a restart', async () => {
  assert.deepEqual((await readToTheEnd(by_imap, 2)).taken, by_imap.taken);
  // Another name for the same server: its places mean nothing any more, and every mail is read again.
  // A password goes to no other name unasked.
  await changeMailbox(by_imap, { imap: { host: 'localhost', password: 'secret' } });
  assert.deepEqual((await readToTheEnd(by_imap, 3)).taken, by_imap.taken);
  await by_imap.office.restart();
  assert.deepEqual((await readToTheEnd(by_imap, 4)).taken, by_imap.taken);
});

/** What the mails of a folder hold, decoded by somebody else than the program. */
function contentsOfAll() {
  const contents = new Set();
  for (const path of paths) for (const content of contentsOf(readFileSync(path, 'latin1'))) contents.add(content);
  return contents;
}

/** Presses Download and gives the bytes that came onto the disk. */
async function download(page, link) {
  const [got] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return readFileSync(await got.path());
}

async function openTicket(page, ticket, contents, opened) {
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('heading', { name: ticket.title.trim(), exact: true }).waitFor();
  const talk = page.getByRole('region', { name: 'Conversation' });
  await talk.getByRole('article').first().waitFor();
  // Older mails are folded to one line, and what a mail quotes is folded away; the envelope is a menu, and stays closed.
  const folded = talk.locator('button[aria-expanded="false"]:not([aria-haspopup])');
  while (await folded.count() > 0) await folded.first().click();
  const articles = await talk.getByRole('article').all();
  assert.equal(articles.length, ticket.messages.length, ticket.title);
  for (const [index, article] of articles.entries()) {
    const body = article.locator('iframe').first().contentFrame().locator('body');
    const links = article.getByRole('link', { name: /^Download / });
    // Some mails say nothing at all.
    if (ticket.messages[index].is_blank) opened.blank += 1;
    else await until(`${ticket.title}: a text, a picture or a file`, async () =>
      (await body.innerText()).trim() !== '' || (await body.locator('img').count()) > 0 || (await links.count()) > 0);
    await until(`${ticket.title}: the pictures of the text`, () => body.locator('img[src^="/native/"]').evaluateAll((images) =>
      images.every((image) => image.complete && image.naturalWidth > 0)));
    opened.texts += 1;
    for (const link of await links.all()) {
      const name = await link.getAttribute('download');
      const bytes = await download(page, link);
      opened.files += 1;
      if (!contents.has(bytes.toString('latin1').replaceAll('\r\n', '\n'))) opened.unlike.push(`${ticket.title}: ${name}`);
    }
  }
}

/** Opens all tickets, on several pages at once. */
async function openAll({ page, tickets }) {
  const opened = { texts: 0, blank: 0, files: 0, unlike: [], failed: [] };
  const contents = contentsOfAll();
  const waiting = [...tickets];
  await Promise.all(Array.from({ length: pages_at_once }, async () => {
    const own = await page.context().newPage();
    own.on('response', (answer) => answer.status() >= 400 && opened.failed.push(`${answer.status()} ${answer.url()}`));
    own.on('pageerror', (error) => opened.failed.push(String(error)));
    await own.goto(page.url());
    while (waiting.length > 0) await openTicket(own, waiting.pop(), contents, opened);
    await own.close();
  }));
  return opened;
}

// The two companies hold the same; the tests' own folder is opened once.
const walks = [['over IMAP', by_imap], ...(is_usual_folder ? [] : [['by files', by_files]])];
for (const [way, company] of walks) {
  test(`every text and every file that came ${way} opens on the screen, the files as they were sent`, async () => {
    const opened = await openAll(company);
    console.log(`# ${way}: opened ${opened.texts} texts (${opened.blank} blank) and ${opened.files} files of ${company.tickets.length} tickets`);
    assert.deepEqual(opened.unlike, []);
    assert.deepEqual(opened.failed, []);
    assert.ok(opened.texts >= company.tickets.length && opened.files > 5 && opened.blank * 10 <= opened.texts);
  });
}
