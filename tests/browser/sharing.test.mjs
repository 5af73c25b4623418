// Two departments on one ticket: support shares it, receivables helps, and what may be done changes while it is open.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  companyOf, findings, isReady, join, joinAsAda, keepPicture, make, native, newPage, open, phone, startBrowser,
} from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { showConversation, showDetails, showView, viewsOf, waitForView } from './support/ways.mjs';

const people = {
  sam: { email: 'sam@example.com', name: 'Sam Okoro', password: 'harbour lights at dusk' },
  rita: { email: 'rita@example.com', name: 'Rita Lopes', password: 'ledgers and lanterns' },
};
/** What happens elsewhere is on the screen within a second, on a machine that has nothing else to do. */
const subject = 'The payment failed twice';
let office, browser, ada, sam, rita, ticket, departments;

async function invite(person, department) {
  const org = companyOf(ada);
  const { roles } = await native(ada, 'GET', `/desk/${org}/roles`);
  await native(ada, 'POST', `/desk/${org}/people`, {
    email: person.email, name: person.name, role_id: roles.find(({ name }) => name === 'Agent').id, department_ids: [department.id],
  });
  const page = await newPage(browser, office);
  await join(page, await office.linkFor(person.email), person);
  return page;
}

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  ada = await joinAsAda(browser, office);
  const org = companyOf(ada);
  const [support] = (await native(ada, 'GET', `/desk/${org}/meta`)).departments;
  const [receivables, sales] = [await make(ada, 'departments', { name: 'Receivables' }), await make(ada, 'departments', { name: 'Sales' })];
  await make(ada, 'departments', { name: 'Closed down', is_enabled: false });
  departments = { support, receivables, sales };
  await native(ada, 'POST', `/desk/${org}/mailboxes`, {
    address: 'support@acme.test', display_name: 'Support', department: support.id, is_enabled: true,
    imap: { host: '', port: 993, security: 'tls', user: '', folder: 'INBOX' }, smtp: { host: '', port: 465, security: 'tls', user: '' },
  });
  const mia = await make(ada, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@customer.test' });
  ticket = await make(ada, 'tickets', { subject, department: support.id, contact: mia.id, description: '<p>My card was charged, the order was not made.</p>' });
  sam = await invite(people.sam, support);
  rita = await invite(people.rita, receivables);
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const row = (page) => page.getByRole('row').filter({ hasText: subject });
const ticketOf = (page) => page.getByRole('main');
const answer = (page) => page.getByRole('region', { name: 'Answer' });
const panel = (page) => page.getByRole('dialog', { name: 'Share ticket' });
const button = (page, name) => page.getByRole('button', { name, exact: true });
const accessOf = (page, department) => panel(page).getByRole('combobox', { name: `Access of ${department}` });

async function choose(page, department, access) {
  await accessOf(page, department).click();
  await page.getByRole('option', { name: access }).click();
}

async function show(page) {
  await open(page, `tickets/${ticket.id}`);
  await page.getByRole('heading', { name: subject }).waitFor();
}

// S038, S039, S040, S041, S042, S043, S044, S059, S073
test('a ticket is shared with several departments in one go, each with an access of its own', async () => {
  await open(rita, 'tickets');
  await waitForView(rita, 'Shared tickets 0');
  await show(sam);
  await button(sam, 'More actions').click();
  await sam.getByRole('menuitem', { name: 'Share' }).click();
  const choice = panel(sam).getByRole('combobox', { name: 'Share with' });
  await choice.click();
  await sam.getByRole('option', { name: 'Receivables' }).waitFor();
  assert.deepEqual(await sam.getByRole('option').allInnerTexts(), ['Receivables', 'Sales']);
  await sam.getByRole('option', { name: 'Receivables' }).click();
  await sam.getByRole('option', { name: 'Sales' }).click();
  await choice.press('Escape');
  assert.equal(await accessOf(sam, 'Receivables').inputValue(), 'Full access');
  await accessOf(sam, 'Receivables').click();
  assert.deepEqual((await sam.getByRole('option').allInnerTexts()).map((text) => text.split('\n')[0]), ['Full access', 'Restricted access', 'Read-only access']);
  await sam.getByRole('option', { name: 'Restricted access' }).click();
  assert.equal(await accessOf(sam, 'Sales').inputValue(), 'Full access');
  await keepPicture(sam, 'share-panel-chosen');
  await button(panel(sam), 'Share').click();
  await panel(sam).getByRole('heading', { name: 'Shared with' }).waitFor();
  await button(panel(sam), 'Unshare Sales').waitFor();
  await sam.keyboard.press('Escape');
  await panel(sam).waitFor({ state: 'detached' });
  await sam.getByRole('banner').or(sam.locator('header')).getByText('Shared with Receivables and Sales').waitFor();
});

// S045, S061, S062, S063, S064, S065
test('the child finds the same ticket under Shared tickets alone, with a badge and its sender', async () => {
  await waitForView(rita, 'Shared tickets 1');
  for (const other of ['all', 'open', 'unassigned']) {
    await open(rita, `tickets?view=${other}`);
    await rita.getByText('No ticket yet').or(rita.getByText('Nothing to do here')).waitFor();
    assert.equal(await row(rita).count(), 0, other);
  }
  await open(rita, 'search?q=payment');
  await rita.getByText('Nothing found for “payment”').waitFor();
  await open(rita, 'tickets');
  await showView(rita, 'Shared tickets');
  await row(rita).getByText('Shared', { exact: true }).waitFor();
  await row(rita).getByText('Shared by Support').waitFor();
  await keepPicture(rita, 'shared-view-light');
  await open(sam, 'tickets');
  await row(sam).getByText('Shared', { exact: true }).waitFor();
  await row(rita).getByRole('link').first().click();
  await rita.getByRole('heading', { name: subject }).waitFor();
  await rita.getByText('Shared by Support · Restricted access').waitFor();
});

// S049, S051, S053, S054, S056, S057, S058, S066
test('a child sees the details and no button that would be refused', async () => {
  for (const name of ['Forward', 'Comment']) await button(rita, name).waitFor();
  for (const name of ['Reply', 'Reply all', 'Close']) assert.equal(await button(ticketOf(rita), name).count(), 0, name);
  assert.equal(await rita.getByRole('button', { name: /^(Status|Owner)/ }).count(), 0);
  assert.equal(await (await showDetails(rita)).getByRole('button', { name: 'Edit Priority' }).count(), 0);
  await showConversation(rita);
  await button(rita, 'More actions').click();
  await rita.getByRole('menuitem', { name: 'Copy link' }).waitFor();
  for (const name of ['Share', 'Delete', 'Escalate']) assert.equal(await rita.getByRole('menuitem', { name }).count(), 0, name);
  await rita.keyboard.press('Escape');
  await button(rita, 'Shared').click();
  const details = rita.getByRole('dialog', { name: 'Sharing' });
  await details.getByText('Belongs to Support').waitFor();
  await details.getByRole('listitem').filter({ hasText: 'Receivables' }).getByText('Restricted access').waitFor();
  assert.deepEqual(await details.getByRole('button').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label'))), ['Close']);
  assert.equal(await details.getByRole('combobox').count(), 0);
  await keepPicture(rita, 'sharing-details-light');
  await rita.keyboard.press('Escape');
});

// S046, S076
test('receivables adds what is missing as a private comment, support sees it come and answers the customer', async () => {
  await show(sam);
  await button(rita, 'Comment').click();
  await answer(rita).getByRole('textbox', { name: 'Comment' }).fill('The bank declined it: the card has expired.');
  await button(answer(rita), 'Add private comment').click();
  const comment = (page) => page.getByRole('article').filter({ hasText: 'the card has expired' });
  await comment(rita).getByText('Private: colleagues only').waitFor();
  await comment(sam).waitFor();
  await button(sam, 'Reply').click();
  await answer(sam).getByText('mia@customer.test').or(answer(sam).getByText('Mia Wong')).first().waitFor();
  await answer(sam).getByRole('textbox', { name: 'Answer' }).fill('Please use a card that has not expired.');
  await button(answer(sam), 'Send').click();
  await rita.getByRole('article', { name: 'Message from Sam Okoro' }).waitFor(); // an answer waits ten seconds for an undo
  await rita.frameLocator('iframe[title="Message from Sam Okoro"]').getByText('Please use a card that has not expired.').waitFor();
});

// S050
test('with restricted access a forward to the customer is refused, and the words come back', async () => {
  await button(rita, 'Forward').click();
  await answer(rita).getByText('You may forward to anybody but the customer.').waitFor();
  await answer(rita).getByLabel('To', { exact: true }).fill('Mia.Wong <MIA@customer.test>,');
  await answer(rita).getByRole('textbox', { name: 'Answer' }).fill('For your records');
  await button(answer(rita), 'Send').click();
  await rita.getByText('Your department may not write to the customer.', { exact: false }).waitFor();
  await answer(rita).getByText('For your records').waitFor();
});

// S048, S052, S060, S074
test('a lower access holds at once, and says what became of what was being written', async () => {
  await button(sam, 'Shared').click();
  await choose(sam, 'Receivables', 'Read-only access');
  await sam.getByText('Receivables: Read-only access from now on.').waitFor();
  await rita.getByText('You can no longer forward this. Nothing was sent, and your text is kept.').waitFor();
  await rita.getByText('Your department’s access to this ticket is now: Read-only access.').waitFor();
  await rita.getByText('Shared by Support · Read-only access').waitFor();
  await answer(rita).getByText('For your records').waitFor();
  assert.equal(await button(answer(rita), 'Send').count(), 0);
  await keepPicture(rita, 'lowered-access-light');
  await rita.reload();
  await answer(rita).getByText('For your records').waitFor();
  await choose(sam, 'Receivables', 'Full access');
  await answer(rita).getByRole('tab', { name: 'Reply', exact: true }).waitFor();
  await answer(rita).getByRole('textbox', { name: 'Answer' }).filter({ hasText: 'For your records' }).waitFor();
  await (await showDetails(rita)).getByRole('button', { name: 'Edit Priority' }).waitFor();
  for (const name of [/^Status/, /^Owner/, 'Edit Department', 'Close']) assert.equal(await ticketOf(rita).getByRole('button', { name, exact: true }).count(), 0);
  await showConversation(rita);
});

// S067, S068, S069, S070, S071, S072
test('unsharing asks first, leaves the others alone, and takes the ticket off the screen of the child', async () => {
  const question = sam.getByRole('dialog', { name: 'Unshare Receivables?' });
  await button(panel(sam), 'Unshare Receivables').click();
  await question.getByText('The ticket disappears for everybody in Receivables at once.', { exact: false }).waitFor();
  await keepPicture(sam, 'unshare-light');
  await sam.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await button(panel(sam), 'Unshare Receivables').click();
  await button(question, 'Unshare').click();
  await rita.getByRole('heading', { name: /^Ticket #\d+ is no longer shared with your department$/ }).waitFor();
  await answer(rita).getByText('For your records').waitFor();
  assert.equal(await rita.getByText(subject).count(), 0);
  assert.equal(await rita.getByText('the card has expired').count(), 0);
  await keepPicture(rita, 'unshared-light');
  assert.equal(await button(panel(sam), 'Unshare Receivables').count(), 0);
  await button(panel(sam), 'Unshare Sales').waitFor();
  await sam.keyboard.press('Escape');
  await sam.getByText('the card has expired', { exact: false }).first().waitFor();
  for (const words of ['shared this with Receivables (Restricted access)', 'changed the access of Receivables to Read-only access', 'stopped sharing this with Receivables'])
    await sam.getByText(words).first().waitFor();
  await open(rita, 'tickets?view=shared');
  await rita.getByText('Nothing is shared with your department').waitFor();
  await open(rita, `tickets/${ticket.id}`);
  await rita.getByRole('alert').getByText('or you may not see it', { exact: false }).waitFor();
  // Her own words are there to be copied, and nothing of the ticket.
  await answer(rita).getByText('For your records').waitFor();
  await button(answer(rita), 'Copy the text').waitFor();
  assert.equal(await rita.getByText(subject).count(), 0);
  assert.deepEqual(await findings(rita), []);
  await keepPicture(rita, 'unshared-later');
});

// S075
test('an administrator switches sharing off and on', async () => {
  await open(ada, 'settings/ticket-sharing');
  const it = ada.getByRole('switch', { name: 'Departments may share tickets' });
  await it.click();
  const question = ada.getByRole('dialog', { name: 'Switch ticket sharing off?' });
  await button(question, 'Switch off').click();
  await ada.getByText('Ticket sharing is off.').waitFor();
  await show(sam);
  await button(sam, 'More actions').click();
  await sam.getByRole('menuitem', { name: 'Copy link' }).waitFor();
  assert.equal(await sam.getByRole('menuitem', { name: 'Share' }).count(), 0);
  assert.equal(await button(sam, 'Shared').count(), 0);
  await sam.getByRole('menuitem', { name: 'Sharing' }).click();
  const details = sam.getByRole('dialog', { name: 'Sharing' });
  await details.getByRole('button', { name: /^Unshare / }).waitFor();
  await sam.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });
  await open(sam, 'tickets');
  const views = await viewsOf(sam);
  assert.ok(views.some((name) => name.startsWith('All tickets')), views.join());
  assert.ok(!views.some((name) => name.startsWith('Shared tickets')), views.join());
  assert.equal(await row(sam).getByText('Shared', { exact: true }).count(), 0);
  await it.click();
  await ada.getByText('Departments may share tickets.').waitFor();
  await show(sam);
  await button(sam, 'Shared').waitFor();
});

test('the keyboard alone shares and unshares a ticket', async () => {
  await show(sam);
  await sam.keyboard.press('s');
  await panel(sam).waitFor();
  await sam.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox' || document.activeElement?.tagName === 'INPUT');
  await sam.keyboard.press('ArrowDown');
  await sam.keyboard.press('ArrowDown');
  await sam.keyboard.press('Enter');
  await sam.keyboard.press('Escape');
  await accessOf(sam, 'Receivables').focus();
  await sam.keyboard.press('Tab');
  await sam.keyboard.press('Tab');
  assert.equal(await sam.evaluate(() => document.activeElement?.textContent), 'Share');
  await sam.keyboard.press('Enter');
  await button(panel(sam), 'Unshare Receivables').focus();
  await sam.keyboard.press('Enter');
  await sam.getByRole('dialog', { name: 'Unshare Receivables?' }).waitFor();
  await sam.keyboard.press('Enter');
  await button(panel(sam), 'Unshare Receivables').waitFor({ state: 'detached' });
  await sam.keyboard.press('Escape');
  await panel(sam).waitFor({ state: 'detached' });
});

test('a shared ticket without a contact names its sender alone, and leaves the chosen ones with the list', async () => {
  const ramp = await make(ada, 'tickets', { subject: 'The ramp is icy', department: departments.support.id });
  const shares = `/desk/${companyOf(ada)}/tickets/${ramp.id}/shares`;
  await native(ada, 'POST', shares, { shares: [{ department: departments.receivables.id, access: 'restricted' }] });
  await rita.setViewportSize(phone);
  await open(rita, `tickets/${ramp.id}`);
  const word = await button(rita, 'Forward').getByText('Forward').boundingBox();
  assert.ok(word.width > 20, `the word of the main button is ${word.width} px wide`);
  await rita.setViewportSize({ width: 1360, height: 860 });
  await open(rita, 'tickets?view=shared');
  const shared = rita.getByRole('row').filter({ hasText: ramp.title });
  await shared.getByText('Shared by Support', { exact: true }).waitFor();
  await shared.getByRole('checkbox').check();
  await rita.getByRole('toolbar').getByText('1 selected').waitFor();
  await native(ada, 'DELETE', `${shares}/${departments.receivables.id}`);
  await shared.waitFor({ state: 'detached' });
  await rita.getByRole('toolbar').waitFor({ state: 'detached' });
});

test('axe finds nothing on the panel, the line below the title and the view, in both themes and on a phone', async () => {
  const org = companyOf(sam);
  const shares = `/desk/${org}/tickets/${ticket.id}/shares`;
  await native(ada, 'POST', shares, {
    shares: [{ department: departments.receivables.id, access: 'read_only' }, { department: departments.sales.id }],
  });
  await native(ada, 'DELETE', `${shares}/${departments.sales.id}`);
  const found = [];
  const look = async (page, name) => {
    await isReady(page);
    await keepPicture(page, name);
    found.push(...(await findings(page)).map((finding) => `${name}: ${finding}`));
  };
  for (const look_of of ['light', 'dark', 'phone', 'ja', 'pt', 'zh']) {
    const is_theme = look_of === 'light' || look_of === 'dark';
    const words = { theme: look_of === 'dark' ? 'dark' : 'light', locale: is_theme || look_of === 'phone' ? 'en' : look_of };
    await native(sam, 'PATCH', '/me', words);
    await native(rita, 'PATCH', '/me', words);
    for (const page of [sam, rita]) await page.setViewportSize(look_of === 'phone' ? phone : { width: 1360, height: 860 });
    await open(rita, 'tickets?view=shared');
    await rita.getByText(subject).first().waitFor();
    await look(rita, `shared-view-${look_of}`);
    await show(rita);
    await look(rita, `shared-child-${look_of}`);
    await show(sam);
    await look(sam, `shared-parent-${look_of}`);
    await sam.keyboard.press('s');
    await sam.getByRole('dialog').getByRole('combobox').first().click();
    await sam.getByRole('option', { name: 'Sales' }).click();
    await sam.keyboard.press('Escape');
    await sam.getByRole('dialog').getByRole('combobox').nth(1).click();
    await sam.getByRole('option').nth(2).waitFor();
    await look(sam, `share-panel-${look_of}`);
  }
  assert.deepEqual(found, []);
  assert.deepEqual([ada, sam, rita].flatMap((page) => page.faults), []);
});
