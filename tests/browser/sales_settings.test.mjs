// Pipelines and their stages in the settings, the currency, the calendar and the dashboard of the sales side.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desktop, findings, hasCursor, isReady, joinAsAda, keepPicture, native, newPage, phone, signIn, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let office, browser, page, home;

before(async () => {
  office = await startOffice({ app: 'crm' });
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  home = /\/crm\/\d+/.exec(page.url())[0];
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

const open = (path) => page.goto(`${home}/${path}`);
const make = (module, values) => native(page, 'POST', `${home}/${module}`, values);
const stages = async () => (await native(page, 'GET', `${home}/meta`)).pipelines[0].stages;
const column = (name) => page.getByRole('region', { name, exact: true });

/** "2026-11-23" of the browser, so many days from now. */
const day = (days = 0) => page.evaluate((after) => {
  const at = new Date();
  at.setDate(at.getDate() + after);
  return new Intl.DateTimeFormat('en-CA').format(at);
}, days);

async function look(name) {
  await isReady(page);
  assert.deepEqual(await findings(page), [], name);
  await keepPicture(page, name);
}

test('amounts are shown in the currency that the organisation chooses', async () => {
  await make('deals', { name: 'Forty lamps', amount: '1250.50', closes_on: await day(20) });
  await open('settings/organisation');
  await page.getByLabel('Currency').first().fill('EUR');
  await page.getByRole('option', { name: /EUR/ }).click();
  await page.getByText('Saved').first().waitFor();
  await look('settings-currency');
  await open('deals');
  await column('Qualification').getByText('€1,250.50').first().waitFor();
});

test('a stage is added, changed and moved, and a new pipeline begins with the stages of another', async () => {
  await open('settings/fields');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Pipelines' }).click();
  await page.getByRole('heading', { name: 'Pipelines', level: 1 }).waitFor();
  await look('settings-pipelines');
  await page.getByRole('link', { name: 'Standard (Standard)' }).click();
  await page.getByRole('button', { name: 'New stage' }).click();
  const form = page.getByRole('dialog', { name: 'New stage' });
  await hasCursor(form.getByLabel('Stage name'));
  await page.keyboard.type('Trial');
  await page.keyboard.press('Enter');
  await form.getByText('Fill this in').waitFor();
  await form.getByLabel('Probability').fill('55');
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'settings-new-stage');
  await form.getByLabel('Probability').press('Enter');
  const table = page.getByRole('table', { name: 'Stages of Standard (Standard)' });
  await table.getByText('Trial').waitFor();
  assert.equal((await stages())[6].name, 'Trial');
  await page.getByRole('button', { name: 'Actions for Trial' }).click();
  await page.getByRole('menuitem', { name: 'Move up' }).click();
  await table.getByRole('row').nth(6).getByText('Trial').waitFor();
  await page.getByRole('button', { name: 'Actions for Trial' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Change Trial' });
  await edit.getByLabel('Stage name').fill('Trial run');
  await edit.getByRole('button', { name: 'Save' }).click();
  await table.getByText('Trial run').waitFor();
  await look('settings-stages');
  await open('settings/pipelines');
  await page.getByRole('button', { name: 'New pipeline' }).click();
  const made = page.getByRole('dialog', { name: 'New pipeline' });
  await made.getByLabel('Name').fill('Renewals');
  await made.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('row', { name: /Renewals/ }).getByText('10', { exact: true }).waitFor();
});

test('a retired stage gives its deals to another, and what is in use says why it stays', async () => {
  const meta = await native(page, 'GET', `${home}/meta`);
  const standard = meta.pipelines.find((pipeline) => pipeline.name === 'Standard (Standard)');
  await open(`settings/pipelines/${standard.id}`);
  await page.getByRole('button', { name: 'Actions for Qualification' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog');
  await edit.getByLabel('What it means').click();
  await page.getByRole('option', { name: 'Won' }).click();
  await edit.getByRole('button', { name: 'Save' }).click();
  await edit.getByText('Deals stand on this stage').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Actions for Qualification' }).click();
  await page.getByRole('menuitem', { name: 'Retire' }).click();
  const retire = page.getByRole('dialog', { name: 'Retire Qualification' });
  await retire.getByText('Its deals there go to the stage').waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'settings-retire-stage');
  await retire.getByRole('button', { name: 'Retire' }).click();
  await page.getByText('Qualification is retired; 1 deal was moved.').waitFor();
  await open(`deals?pipeline=${standard.id}`);
  await column('Needs analysis').getByRole('link', { name: 'Forty lamps' }).waitFor();
  await open(`settings/pipelines/${standard.id}`);
  await page.getByRole('button', { name: 'Use a stage that is there' }).click();
  const again = page.getByRole('dialog', { name: 'Use a stage that is there' });
  await again.getByLabel(/^Stage/).first().fill('Qual');
  await page.getByRole('option', { name: 'Qualification' }).click();
  await again.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('table').getByText('Qualification').waitFor();
});

test('the form of a deal offers the stages of its pipeline, and asks why it was lost', async () => {
  const renewals = (await native(page, 'GET', `${home}/meta`)).pipelines.find((pipeline) => pipeline.name === 'Renewals');
  const won = renewals.stages.find((stage) => stage.outcome === 'won');
  await native(page, 'PATCH', `${home}/pipelines/${renewals.id}`, { stages: [renewals.stages[1].id, won.id, renewals.stages.at(-1).id] });
  await open('deals');
  await column('Negotiation/review').getByText('No deals').waitFor();
  await page.keyboard.press('c');
  const form = page.getByRole('dialog', { name: 'New deal' });
  await form.getByLabel('Deal name').fill('Next year');
  await form.getByLabel('Pipeline').first().click();
  await page.getByRole('option', { name: 'Renewals' }).click();
  const stage = form.getByLabel(/^Stage/).first();
  assert.equal(await stage.inputValue(), 'Needs analysis');
  await stage.click();
  assert.deepEqual(await page.getByRole('option').allTextContents(), ['Needs analysis', 'Closed won', 'Closed lost to competition']);
  await page.getByRole('option', { name: 'Closed lost to competition' }).click();
  await form.getByText('The deal is lost on this stage.').waitFor();
  assert.equal(await form.getByLabel('Closing date').inputValue(), await day());
  await form.getByLabel('Reason for loss').first().click();
  await page.getByRole('option', { name: 'Competition' }).click();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'crm-deal-lost-form');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Next year' }).waitFor();
  const deals = await native(page, 'GET', `${home}/deals?words=next`);
  assert.equal(deals.records[0].reason_for_loss, 'competition');
});

// Deals 2.7
test('a stage that is retired may be deleted in one go, and those that no pipeline has are deleted below the pipelines', async () => {
  const standard = (await native(page, 'GET', `${home}/meta`)).pipelines.find((pipeline) => pipeline.name === 'Standard (Standard)');
  const retire = async (name, also) => {
    await open(`settings/pipelines/${standard.id}`);
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Retire' }).click();
    const form = page.getByRole('dialog', { name: `Retire ${name}` });
    if (also) await form.getByLabel('Delete the stage as well').check();
    assert.deepEqual(await findings(page), []);
    await form.getByRole('button', { name: 'Retire' }).click();
    await page.getByText(`${name} is retired; 0 deals were moved.`).waitFor();
  };
  await retire('Value proposition', false);
  await retire('Trial run', true);
  await page.getByRole('link', { name: 'Pipelines' }).last().click();
  const loose = page.getByRole('table', { name: 'Stages in no pipeline' });
  await loose.getByText('Value proposition').waitFor();
  assert.equal(await loose.getByText('Trial run').count(), 0);
  await look('settings-loose-stages');
  await page.getByRole('button', { name: 'Actions for Value proposition' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete Value proposition?' }).getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Value proposition is deleted.').waitFor();
  await loose.waitFor({ state: 'detached' });
});

// Deals 2.9
test('several deals go together to a stage that all their pipelines have, or it is said why there is none', async () => {
  const { pipelines, team_pipelines: [team] } = await native(page, 'GET', `${home}/meta`);
  const negotiation = pipelines[0].stages.find((stage) => stage.name === 'Negotiation/Review');
  const partners = await make('pipelines', { name: 'Partners', team_pipeline: team.id, stages: [negotiation.id] });
  await make('deals', { name: 'Lamps for partners', closes_on: await day(20), pipeline: partners.id });
  await open('deals?shape=list');
  const choose = (deal) => page.getByRole('checkbox', { name: `Select ${deal}` }).check();
  const form = page.getByRole('dialog', { name: 'Change 2 records' });
  const askForStage = async () => {
    await page.getByRole('button', { name: 'Change a field' }).click();
    await form.getByLabel('Field').first().fill('Stage');
    await page.getByRole('option', { name: 'Stage', exact: true }).click();
  };
  await choose('Next year');
  await choose('Lamps for partners');
  await askForStage();
  await form.getByText('The chosen deals are in Renewals and Partners, which have no stage in common.').waitFor();
  await look('bulk-stage-none');
  await form.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('checkbox', { name: 'Select Lamps for partners' }).uncheck();
  await choose('Forty lamps');
  await askForStage();
  await form.getByText('The stages that Standard (Standard) and Renewals have in common.').waitFor();
  await form.getByLabel(/^Stage/).first().click();
  assert.deepEqual(await page.getByRole('option').allTextContents(), ['Needs analysis', 'Closed won', 'Closed lost to competition']);
  await page.getByRole('option', { name: 'Needs analysis' }).click();
  await look('bulk-stage');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 records changed').waitFor();
});

test('contact roles are added, renamed and ordered, and a deleted one gives its contacts another', async () => {
  const contact = await make('contacts', { last_name: 'Silva' });
  const deal = await make('deals', { name: 'Roles', closes_on: await day(20) });
  await open('settings/fields');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Contact roles' }).click();
  await page.getByRole('heading', { name: 'Contact roles', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'New role' }).click();
  const form = page.getByRole('dialog', { name: 'New role' });
  await hasCursor(form.getByLabel('Role'));
  await page.keyboard.press('Enter');
  await form.getByText('Fill this in').waitFor();
  await form.getByLabel('Role').fill('influencer');
  await form.getByLabel('Role').press('Enter');
  await form.getByText('There is a role of this name.').waitFor();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'settings-new-contact-role');
  await form.getByLabel('Role').fill('Works council');
  await form.getByLabel('Role').press('Enter');
  const table = page.getByRole('table', { name: 'Contact roles' });
  await table.getByText('Works council').waitFor();
  await page.getByRole('button', { name: 'Actions for Works council' }).click();
  await page.getByRole('menuitem', { name: 'Move up' }).click();
  await table.getByRole('row').nth(8).getByText('Works council').waitFor();
  await page.getByRole('button', { name: 'Actions for Purchasing' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Change Purchasing' });
  await edit.getByLabel('Role').fill('Buyer');
  await edit.getByRole('button', { name: 'Save' }).click();
  await table.getByText('Buyer').waitFor();
  await look('settings-contact-roles');
  await native(page, 'PUT', `${home}/deals/${deal.id}/joined/contact_roles/${contact.id}`, { said: 'purchasing' });
  await page.getByRole('button', { name: 'Actions for Buyer' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const gone = page.getByRole('dialog', { name: 'Delete Buyer?' });
  await gone.getByLabel('Instead they become').first().click();
  await page.getByRole('option', { name: 'Works council' }).click();
  assert.deepEqual(await findings(page), []);
  await keepPicture(page, 'settings-delete-contact-role');
  await gone.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Buyer is deleted; 1 contact was changed.').waitFor();
  const { said } = await native(page, 'GET', `${home}/deals/${deal.id}/joined/contact_roles`);
  const { contact_roles } = await native(page, 'GET', `${home}/contact_roles`);
  assert.equal(said[contact.id], contact_roles.find((role) => role.name === 'Works council').said);
});

test('the dashboard counts what the lists behind it show', async () => {
  const [first] = await stages();
  const won = (await stages()).find((stage) => stage.outcome === 'won');
  await make('deals', { name: 'Lit hall', amount: '9000', closes_on: await day(), stage: won.id });
  await make('tasks', { subject: 'Send the offer', due_on: await day(-1) });
  await make('tasks', { subject: 'Call back', due_on: await day() });
  await open('products');
  await page.getByText('No products yet').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await page.getByRole('link', { name: /Won this month\s*1/ }).waitFor();
  await page.getByRole('link', { name: 'Tasks: Overdue 1' }).waitFor();
  assert.notEqual(first, undefined);
  await look('sales-dashboard');
  await page.getByRole('link', { name: /Won this month/ }).click();
  await page.getByRole('link', { name: 'Lit hall' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Forty lamps' }).count(), 0);
  await page.goBack();
  await page.getByRole('link', { name: 'Tasks: Overdue 1' }).click();
  await page.getByRole('link', { name: 'Send the offer' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Call back' }).count(), 0);
});

test('the calendar shows meetings, calls and tasks, and takes new ones where somebody presses', async () => {
  await open('products');
  await page.getByText('No products yet').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await page.getByRole('heading', { name: 'Calendar', level: 1 }).waitFor();
  await page.getByRole('link', { name: /task\s+Call back/ }).waitFor();
  await look('calendar-week');
  const hours = page.getByRole('group', { name: 'Hours of the week' });
  await hours.locator('[data-cell][tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'New meeting' }).waitFor();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'New meeting' });
  await form.getByLabel('Subject').fill('See the hall');
  await form.getByLabel('Subject').press('Enter');
  await hours.getByRole('link', { name: /meeting\s+10:00.*See the hall/ }).waitFor();
  await page.getByText('Month', { exact: true }).click();
  await page.getByRole('link', { name: /meeting\s+10:00.*See the hall/ }).waitFor();
  await look('calendar-month');
  await page.setViewportSize(phone);
  await page.getByRole('link', { name: /meeting\s+10:00.*See the hall/ }).waitFor();
  await look('calendar-phone');
  await page.setViewportSize(desktop);
});

test('the new screens fit a phone in the dark, in Japanese', async () => {
  await native(page, 'PATCH', '/me', { locale: 'ja' });
  await page.emulateMedia({ colorScheme: 'dark' });
  const [pipeline] = (await native(page, 'GET', `${home}/meta`)).pipelines;
  await make('stages', { name: 'Not used yet', probability: 5 });
  for (const size of [phone, desktop]) {
    await page.setViewportSize(size);
    for (const path of ['settings/organisation', 'settings/pipelines', `settings/pipelines/${pipeline.id}`, 'settings/contact-roles', 'deals?view=mine', 'calendar', 'calendar?shape=month', 'dashboard']) {
      await open(path);
      await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
      await look(`ja-dark-${size.width}-${path.replace(/\W+/g, '-').replace(/\d{5,}/, 'one')}`);
    }
  }
  assert.deepEqual(page.faults, []);
});

test('Bigin has team pipelines with sub-pipelines of their own', async () => {
  const small = await startOffice({ app: 'bigin' });
  try {
    const other = await joinAsAda(browser, small);
    const place = /\/bigin\/\d+/.exec(other.url())[0];
    await other.goto(`${place}/settings/pipelines`);
    const teams = other.getByRole('table', { name: 'Team pipelines' });
    await teams.getByText('Sales Pipeline', { exact: true }).waitFor();
    await other.getByRole('button', { name: 'New team pipeline' }).click();
    const form = other.getByRole('dialog', { name: 'New team pipeline' });
    await form.getByLabel('Name').fill('Partners');
    await form.getByRole('button', { name: 'Create' }).click();
    await teams.getByText('Partners').waitFor();
    await other.getByRole('button', { name: 'New sub-pipeline' }).click();
    const sub = other.getByRole('dialog', { name: 'New sub-pipeline' });
    await sub.getByLabel('Name').fill('Partners standard');
    await sub.getByLabel('Team pipeline').first().click();
    await other.getByRole('option', { name: 'Partners' }).click();
    await sub.getByRole('button', { name: 'Create' }).click();
    await other.getByRole('row', { name: /Partners standard/ }).waitFor();
    await isReady(other);
    assert.deepEqual(await findings(other), []);
    await keepPicture(other, 'bigin-pipelines');
    await other.context().close();
  } finally {
    await small.stop();
  }
});

test('of several organisations of an application one is chosen in the rail', async () => {
  const other = await newPage(browser, office);
  // Nobody but an invitation makes a person a member of a second one; the session says it here.
  await other.route('**/native/session', async (route) => {
    const answer = await route.fetch();
    const session = await answer.json();
    const [first] = session.organisations ?? [];
    if (first) session.organisations.push({ ...first, id: '999', name: 'Acme Partners' });
    await route.fulfill({ response: answer, json: session });
  });
  await signIn(other);
  const crm = other.getByRole('navigation').getByRole('button', { name: 'CRM' });
  await crm.waitFor();
  await crm.focus();
  await other.keyboard.press('Enter');
  await hasCursor(other.getByRole('menuitem', { name: 'Acme', exact: true }));
  assert.deepEqual(await findings(other), []);
  await other.keyboard.press('ArrowDown');
  await other.keyboard.press('Enter');
  await other.waitForURL(/\/crm\/999/);
  await other.context().close();
});
