// What can't be done is said: chosen tickets that do not allow an act, and a reply that could not leave.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, join, joinAsAda, keepPicture, make, native, newPage, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

const person = { email: 'rita@example.com', name: 'Rita Lopes', password: 'ledgers and lanterns' };
let office, browser, ada, rita, mailbox, mia, support, receivables;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  ada = await joinAsAda(browser, office);
  const org = companyOf(ada);
  [support] = (await native(ada, 'GET', `/desk/${org}/meta`)).departments;
  receivables = await make(ada, 'departments', { name: 'Receivables' });
  mailbox = await native(ada, 'POST', `/desk/${org}/mailboxes`, {
    address: 'support@acme.test', display_name: 'Support', department: support.id, is_enabled: true,
    imap: { host: '', port: 993, security: 'tls', user: '', folder: 'INBOX' }, smtp: { host: '', port: 465, security: 'tls', user: '' },
  });
  mia = await make(ada, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' });
  const { roles } = await native(ada, 'GET', `/desk/${org}/roles`);
  await native(ada, 'POST', `/desk/${org}/people`, {
    email: person.email, name: person.name, role_id: roles.find(({ name }) => name === 'Agent').id, department_ids: [receivables.id],
  });
  rita = await newPage(browser, office);
  await join(rita, await office.linkFor(person.email), person);
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

async function shared(subject, access) {
  const ticket = await make(ada, 'tickets', { subject, department: support.id, contact: mia.id });
  await native(ada, 'POST', `/desk/${companyOf(ada)}/tickets/${ticket.id}/shares`, { shares: [{ department: receivables.id, access }] });
  return ticket;
}

// S051, S056
test('bulk acts are offered for what one of the chosen tickets allows; which are left out is said before and after', async () => {
  await shared('For reading alone', 'read_only');
  await shared('For work', 'full');
  await open(rita, 'tickets?view=shared');
  const bar = rita.getByRole('toolbar', { name: 'Actions for the selected records' });
  await rita.getByRole('checkbox', { name: 'Select For reading alone' }).check();
  await bar.getByText('1 selected').waitFor();
  assert.equal(await bar.getByRole('button', { name: 'Priority' }).count(), 0);
  assert.equal(await bar.getByRole('button', { name: 'Change a field' }).count(), 0);
  assert.equal(await bar.getByRole('button', { name: /^Delete/ }).count(), 0);
  await bar.getByText("You can't change any of these tickets.").waitFor();
  await rita.getByRole('checkbox', { name: 'Select For work' }).check();
  await bar.getByText('2 selected').waitFor();
  await bar.getByRole('button', { name: 'Delete (1 of 2)' }).waitFor();
  await bar.getByRole('button', { name: 'Priority' }).click();
  await rita.getByText(/^#\d+ For reading alone does not allow this and is left out\.$/).waitFor();
  await keepPicture(rita, 'bulk-left-out');
  assert.deepEqual(await findings(rita), []);
  await rita.getByRole('menuitem', { name: 'High' }).click();
  await rita.getByText('1 record changed').waitFor();
  await rita.getByText(/^#\d+ For reading alone was not changed: /).waitFor();
  await keepPicture(rita, 'bulk-result');
});

// S016
test('a reply that could not leave names its ticket and the reason, and its notice is closed into the draft', async () => {
  const org = companyOf(ada);
  await native(ada, 'PATCH', '/me', { undo_send_seconds: 5 });
  const ticket = await make(ada, 'tickets', { subject: 'Too late to answer', department: support.id, contact: mia.id });
  await open(ada, `tickets/${ticket.id}`);
  await ada.getByRole('button', { name: 'Reply', exact: true }).click();
  const answer = ada.getByRole('region', { name: 'Answer' });
  await answer.getByRole('textbox', { name: 'Answer' }).fill('We look into it');
  await answer.getByRole('button', { name: 'Send', exact: true }).click();
  await ada.getByRole('article', { name: 'Mail that is about to be sent' }).getByText(/Will be sent in/).waitFor();
  const other = await make(ada, 'tickets', { subject: 'Late as well', department: support.id, contact: mia.id });
  await native(ada, 'POST', `/desk/${org}/tickets/${other.id}/replies`, {
    kind: 'reply', to: ['mia@customer.test'], html: '<p>And this</p>', from_mailbox_id: mailbox.id, hold: true,
  });
  await native(ada, 'PATCH', `/desk/${org}/mailboxes/${mailbox.id}`, { is_enabled: false });
  await ada.getByRole('navigation', { name: 'Main navigation' }).getByRole('link').first().click();
  const notice = ada.getByRole('alert').filter({ hasText: 'Not sent. Your text is kept.' });
  const link = notice.getByRole('link', { name: `#${ticket.number} Too late to answer` });
  await link.waitFor();
  await notice.getByText(/mailbox/).waitFor();
  // One notice tells of all, so that they hide nothing.
  await notice.getByText('One more mail could not be sent.').waitFor();
  assert.equal(await notice.count(), 1);
  await keepPicture(ada, 'reply-refused');
  assert.deepEqual(await findings(ada), []);
  await notice.getByRole('button', { name: 'Close' }).click();
  await link.waitFor({ state: 'detached' });
  await notice.getByRole('link', { name: `#${other.number} Late as well` }).waitFor();
  await notice.getByRole('button', { name: 'Close' }).click();
  await notice.waitFor({ state: 'detached' });
  await ada.getByText(`Your text is in the draft of #${ticket.number} again.`).waitFor();
  const draft = await native(ada, 'GET', `/desk/${org}/tickets/${ticket.id}/draft`);
  assert.match(draft.html, /We look into it/);
  await open(ada, `tickets/${ticket.id}`);
  await answer.getByRole('textbox', { name: 'Answer' }).getByText('We look into it').waitFor();
});
