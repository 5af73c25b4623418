// The files of a ticket itself: put there by a program, seen, fetched and deleted by a person.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { companyOf, findings, isReady, joinAsAda, keepPicture, makeTicket, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { showDetails } from './support/ways.mjs';

let office, browser, page, ticket;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  ticket = await makeTicket(page, { subject: 'The printer smokes' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

/** What a program does: an upload, attached to the ticket. */
function attach(name, text) {
  return page.evaluate(async ([path, id, file_name, words]) => {
    const { csrf_token } = await (await fetch('/native/session')).json();
    const headers = { 'X-CSRF-Token': csrf_token };
    const form = new FormData();
    form.append('file', new File([words], file_name, { type: 'text/plain' }));
    const sent = await (await fetch(`${path}/uploads`, { method: 'POST', headers, body: form })).json();
    const answer = await fetch(`${path}/tickets/${id}/attachments`, {
      method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify({ attachment_ids: [sent.id] }),
    });
    return answer.status;
  }, [`/native/desk/${companyOf(page)}`, ticket.id, name, text]);
}

test('a file of a ticket is seen at once, fetched, and deleted after a last question', async () => {
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('heading', { name: 'The printer smokes' }).waitFor();
  assert.equal(await attach('manual.txt', 'Switch it off.'), 201);
  const files = (await showDetails(page)).getByRole('region', { name: 'Files of the ticket' });
  await files.getByText('manual.txt').waitFor();
  await isReady(page);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'ticket-files');

  const [download] = await Promise.all([
    page.waitForEvent('download'), files.getByRole('link', { name: 'Download manual.txt' }).click(),
  ]);
  assert.equal(readFileSync(await download.path(), 'utf8'), 'Switch it off.');

  await files.getByRole('button', { name: 'Delete manual.txt' }).click();
  const question = page.getByRole('dialog', { name: 'Delete manual.txt' });
  await question.getByRole('button', { name: 'Delete' }).click();
  await files.waitFor({ state: 'detached' });
  assert.deepEqual(page.faults, []);
});
