// An agent follows a ticket, measures their work on it and plans what is left to do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { companyOf, findings, joinAsAda, keepPicture, makeTicket, native, open, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { goTo, showDetails } from './support/ways.mjs';

let office, browser, page, ticket;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  ticket = await makeTicket(page, { subject: 'The crate is open' });
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const part = async (name) => (await showDetails(page)).getByRole('region', { name });

test('a ticket is followed and stands in the view Following', async () => {
  await open(page, `tickets/${ticket.id}`);
  const followers = await part('Followers');
  await followers.getByText('Nobody follows this ticket.').waitFor();
  await followers.getByRole('button', { name: 'Follow', exact: true }).click();
  await followers.getByRole('button', { name: 'Unfollow' }).waitFor();
  await followers.getByRole('listitem').filter({ hasText: 'Ada' }).waitFor();
  await open(page, 'tickets?view=following');
  await page.getByRole('link', { name: /The crate is open/ }).first().waitFor();
});

test('a stopwatch survives a reload and becomes worked time', async () => {
  await open(page, `tickets/${ticket.id}`);
  const time = await part('Worked time');
  await time.getByRole('button', { name: 'Start the stopwatch' }).click();
  await time.getByRole('button', { name: 'Pause the stopwatch' }).waitFor();
  await page.reload();
  await (await part('Worked time')).getByRole('button', { name: 'Pause the stopwatch' }).click();
  await time.getByRole('button', { name: 'Go on measuring' }).waitFor();
  await time.getByRole('button', { name: 'Stop and note the time' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop and note the time' });
  await dialog.getByLabel('Length').fill('1:30');
  await dialog.getByLabel('Note').fill('Nailed it shut');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await time.getByText('1:30 h, 1:30 h billable').waitFor();
  await time.getByRole('button', { name: '1 entry' }).click();
  await time.getByText('Nailed it shut').waitFor();
  assert.deepEqual(await findings(page), []);
});

test('time is logged by hand, and what is no length is refused', async () => {
  const time = await part('Worked time');
  await time.getByRole('button', { name: 'Log time' }).click();
  const dialog = page.getByRole('dialog', { name: 'Log time' });
  await dialog.getByLabel('Length').fill('soon');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Give a length such as 1:30 or 45.').waitFor();
  await dialog.getByLabel('Length').fill('45');
  await dialog.getByLabel('Billable').uncheck();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await time.getByText('2:15 h, 1:30 h billable').waitFor();
});

test('a task whose day is half typed is not made without it', async () => {
  const tasks = await part('Tasks');
  const subject = tasks.getByRole('textbox', { name: 'New task' });
  await subject.fill('Paint the crate');
  await tasks.getByLabel('Due on').focus();
  await page.keyboard.type('1104');
  await tasks.getByRole('button', { name: 'Add' }).click();
  assert.equal(await subject.inputValue(), 'Paint the crate');
  await tasks.getByLabel('Due on').fill('2035-03-02');
  await tasks.getByRole('button', { name: 'Add' }).click();
  await tasks.getByText('Paint the crate').waitFor();
  const { records } = await native(page, 'GET', `/desk/${companyOf(page)}/tasks`);
  assert.deepEqual(records.map(({ subject, due_at }) => [subject, due_at?.slice(0, 4)]), [['Paint the crate', '2035']]);
  await native(page, 'DELETE', `/desk/${companyOf(page)}/tasks/${records[0].id}`);
  await page.reload();
});

test('a task is planned on the ticket, found among the activities and ticked off', async () => {
  const tasks = await part('Tasks');
  await tasks.getByRole('textbox', { name: 'New task' }).fill('Buy nails');
  await tasks.getByRole('button', { name: 'Add' }).click();
  await tasks.getByText('Buy nails').waitFor();
  await keepPicture(page, 'ticket-activities');
  await goTo(page, 'Activities');
  await page.getByRole('heading', { name: 'Without a date' }).waitFor();
  await page.getByRole('link', { name: 'The crate is open' }).waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'activities');
  await page.getByRole('checkbox', { name: 'Done: Buy nails' }).click();
  await page.getByText('Nothing to do').waitFor();
});

test('an appointment is made', async () => {
  await page.getByRole('button', { name: 'New appointment' }).click();
  const dialog = page.getByRole('dialog', { name: 'New appointment' });
  await dialog.getByLabel('Subject').fill('Visit the store');
  await dialog.getByLabel('Begins').fill('2035-03-02T10:00');
  await dialog.getByLabel('Ends').fill('2035-03-02T11:00');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Visit the store').waitFor();
  await page.setViewportSize(phone);
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'activities-phone');
});
