// A customer and an agent write to each other, over real mail servers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deflateSync, crc32 } from 'node:zlib';
import { joinAsAda, open, sendsAtOnce, startBrowser } from './support/browser.mjs';
import { leavesOf, readMail } from './support/mails.mjs';
import { startImapServer, startSmtpServer } from './support/mail_servers.mjs';
import { startOffice } from './support/office.mjs';
import { until } from './support/processes.mjs';

const customer = 'mia.wong@customer.test';
const first_id = '<first.1@customer.test>';
const secret_words = 'Between us: she is about to leave for a competitor';
let office, browser, imap, smtp, page, ticket_address;

before(async () => {
  [imap, smtp] = await Promise.all([startImapServer(['support']), startSmtpServer()]);
  office = await startOffice({ smtp });
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  await sendsAtOnce(page);
});
after(async () => {
  await browser?.close();
  await office?.stop();
  await Promise.all([imap?.stop(), smtp?.stop()]);
});

function chunk(name, bytes) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), bytes]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(bytes.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** A square of one colour, as a PNG. */
function picture(side = 24) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, 0x5a)]);
  const rows = Buffer.concat(Array.from({ length: side }, () => row));
  const sign = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([sign, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function customerMail({ id, subject, text, more = '' }) {
  return [
    `From: Mia Wong <${customer}>`, 'To: Acme Support <support@acme.test>', `Subject: ${subject}`, `Date: ${new Date().toUTCString()}`,
    `Message-ID: ${id}`, ...(more === '' ? [] : [more]), 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', text, '',
  ].join('\r\n');
}

/** What the queue must show: by itself, without a reload, within `ms` from now. */
async function openTicketFromQueue(subject) {
  const row = page.getByRole('row').filter({ hasText: subject });
  await row.getByRole('link').first().click();
  await page.getByRole('heading', { name: subject }).waitFor();
  ticket_address = page.url();
}

const composer = () => page.getByRole('region', { name: 'Answer' });
const text = () => composer().getByRole('textbox', { name: 'Answer' });

test('an administrator sets up a mailbox in the settings, and the check says that both servers work', async () => {
  await open(page, 'settings/email');
  await page.getByText('No mailbox yet').waitFor();
  await page.getByRole('button', { name: 'Add a mailbox' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a mailbox' });
  await dialog.getByRole('textbox', { name: 'Address' }).fill('support@acme.test');
  await dialog.getByLabel('Name of the sender').fill('Acme Support');
  await dialog.getByRole('combobox', { name: 'Department' }).click();
  await page.getByRole('listbox').getByRole('option').first().click();
  for (const [legend, port] of [['Incoming mails (IMAP)', imap.port], ['Outgoing mails (SMTP)', smtp.port]]) {
    const server = dialog.getByRole('group', { name: legend });
    await server.getByLabel('Server').fill('127.0.0.1');
    await server.getByLabel('Security').selectOption('None');
    await server.getByLabel('Port').fill(String(port));
    if (!legend.includes('IMAP')) continue;
    await server.getByLabel('User name').fill('support');
    await server.getByLabel('Password', { exact: true }).fill('secret');
  }
  await dialog.getByRole('button', { name: 'Add a mailbox' }).click();
  await page.getByRole('status').filter({ hasText: 'support@acme.test works' }).waitFor();
  await until('the first round of fetching', async () => {
    await open(page, 'settings/email');
    await page.getByRole('table').waitFor();
    return (await page.getByRole('table').getByText('Working').count()) === 1;
  });
});

test('a mail appears in the open queue without a reload', async () => {
  await open(page, 'tickets');
  await page.getByText('No ticket yet').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  imap.deliver('support', customerMail({ id: first_id, subject: 'The parcel is wet', text: 'It was left in the rain.' }));
  const start = performance.now();
  await page.getByRole('button', { name: '1 new' }).or(page.getByRole('row').filter({ hasText: 'The parcel is wet' })).first()
    .waitFor();
  console.log(`# the mail was shown after ${Math.round(performance.now() - start)} ms`);
});

test('the agent reads the mail and comments in private', async () => {
  const notice = page.getByRole('button', { name: '1 new' });
  if (await notice.isVisible()) await notice.click();
  await openTicketFromQueue('The parcel is wet');
  const frame = page.frameLocator('iframe[title="Message from Mia Wong"]');
  await frame.getByText('It was left in the rain.').waitFor();
  await page.getByRole('button', { name: 'Comment' }).click();
  await composer().getByText('Only colleagues see this. It is never sent to the customer.').waitFor();
  await composer().getByRole('textbox', { name: 'Comment' }).fill(secret_words);
  await composer().getByRole('button', { name: 'Add private comment' }).click();
  const comment = page.getByRole('article').filter({ hasText: secret_words });
  await comment.getByText('Private: colleagues only').waitFor();
});

test('the agent answers with an attachment and a picture in the text', async () => {
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  await text().fill('We are sorry. See the form and the picture:');
  const chooser = page.waitForEvent('filechooser');
  await composer().getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles({ name: '返品 form.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 not really\n') });
  await composer().getByRole('button', { name: 'Remove 返品 form.pdf' }).waitFor();
  await text().evaluate((element, bytes) => {
    const given = new DataTransfer();
    given.items.add(new File([new Uint8Array(bytes)], 'label.png', { type: 'image/png' }));
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: given, bubbles: true, cancelable: true }));
  }, [...picture()]);
  await text().getByRole('img', { name: 'label.png' }).waitFor();
  await composer().getByRole('button', { name: 'Send', exact: true }).click();
  const sent = page.getByRole('article', { name: `Message from Ada Byron` });
  await sent.getByText('Sent', { exact: true }).waitFor();
  await sent.getByRole('link', { name: 'Download 返品 form.pdf' }).waitFor();
});

test('the mail that the customer gets is one a mail program can thread and show', async () => {
  const [raw] = await smtp.waitForMails(customer, 1);
  const mail = readMail(raw);
  const { headers } = mail;
  assert.match(headers.from, /support@acme\.test>?$/);
  assert.match(headers.from, /Ada Byron|Acme Support/);
  assert.match(headers.to, new RegExp(customer));
  assert.equal(headers['in-reply-to'], first_id);
  assert.ok(headers.references.includes(first_id), headers.references);
  assert.match(headers.subject, /^Re: The parcel is wet/);
  assert.match(headers['message-id'], /^<[^@\s]+@[^@\s]+>$/);
  assert.ok(!Number.isNaN(Date.parse(headers.date)), headers.date);
  assert.equal(headers['mime-version'], '1.0');
  assert.match(mail.type, /^multipart\/mixed/);
  const leaves = leavesOf(mail);
  const byType = (type) => leaves.find((leaf) => leaf.type.startsWith(type));
  assert.match(byType('text/plain').content.toString(), /We are sorry/);
  const html = byType('text/html').content.toString();
  const cid = /<img[^>]*src="cid:([^"]+)"/.exec(html)?.[1];
  assert.ok(cid, `the text points to its picture: ${html}`);
  assert.ok(!html.includes('/native/'), 'no address of ours stands in the mail');
  assert.equal(byType('image/png').headers['content-id'], `<${cid}>`);
  assert.deepEqual(byType('image/png').content, picture());
  assert.match(byType('application/pdf').content.toString(), /^%PDF-1\.4/);
  assert.match(byType('application/pdf').headers['content-disposition'], /^attachment/);
});

test('the answer of the customer lands on the same ticket and reopens it', async () => {
  await page.goto(ticket_address);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByText(/^Ticket #\d+ is closed\.$/).waitFor();
  await page.goto(ticket_address);
  await page.getByRole('button', { name: /^Status.*Closed$/ }).waitFor();
  const [raw] = smtp.mails(customer);
  const ours = readMail(raw).headers['message-id'];
  imap.deliver('support', customerMail({
    id: '<second.1@customer.test>', subject: 'Re: The parcel is wet', text: 'It is still wet.',
    more: `In-Reply-To: ${ours}\r\nReferences: ${first_id} ${ours}`,
  }));
  const second = page.getByRole('article', { name: 'Message from Mia Wong' }).nth(1);
  await second.locator('iframe').contentFrame().getByText('It is still wet.').waitFor();
  await page.getByRole('button', { name: /^Status.*Open$/ }).waitFor();
  await open(page, 'tickets?view=all');
  await page.getByRole('row').filter({ hasText: 'The parcel is wet' }).first().waitFor();
  assert.equal(await page.getByRole('row').filter({ hasText: 'The parcel is wet' }).count(), 1);
});

test('no mail that leaves carries a private comment: not a reply, a reply to all or a forward', async () => {
  for (const [kind, words] of [['Reply all', 'A word to all'], ['Forward', 'Please look']]) {
    await page.goto(ticket_address);
    await page.getByRole('button', { name: kind, exact: true }).click();
    if (kind === 'Forward') {
      await composer().getByRole('combobox', { name: 'To' }).or(composer().getByLabel('To', { exact: true })).first().fill('lab@partner.test');
      await page.keyboard.press('Enter');
    }
    await text().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type(words);
    await page.keyboard.press('Control+Enter');
    await composer().getByRole('textbox').first().waitFor({ state: 'detached' });
  }
  await smtp.waitForMails(customer, 2);
  await smtp.waitForMails('lab@partner.test', 1);
  for (const raw of smtp.everything()) {
    const words = leavesOf(readMail(raw)).map((leaf) => leaf.content.toString()).join('\n');
    assert.ok(!words.includes('Between us') && !raw.includes('Between us'), words);
  }
  assert.deepEqual(page.faults, []);
});
