// Every main screen, light and dark: nothing for axe to find. Their pictures are kept for people to look at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desktop, findings, isReady, joinAsAda, keepPicture, native, newPage, open, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { makeScreens } from './support/screens.mjs';

let office, browser, page, places;
before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
  places = await makeScreens(page);
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing on the main screens in the ${theme} theme`, async () => {
    await native(page, 'PATCH', '/me', { theme });
    const found = [];
    for (const { name, path, shown } of places) {
      await open(page, path);
      await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
      if (shown) await page.getByText(shown).first().waitFor();
      await isReady(page);
      await keepPicture(page, `${name}-${theme}`);
      found.push(...(await findings(page)).map((finding) => `${name}: ${finding}`));
    }
    assert.deepEqual(found, []);
    assert.deepEqual(page.faults, []);
  });
}

test('on a phone and in Japanese no main screen is wider than the screen, and axe finds nothing', async () => {
  await native(page, 'PATCH', '/me', { theme: 'light', locale: 'ja' });
  await page.setViewportSize(phone);
  const found = [];
  for (const { name, path } of places) {
    await open(page, path);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    await isReady(page);
    await keepPicture(page, `${name}-phone-japanese`);
    const is_wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    if (is_wide) found.push(`${name}: wider than the screen`);
    found.push(...(await findings(page)).map((finding) => `${name}: ${finding}`));
  }
  await native(page, 'PATCH', '/me', { locale: 'en' });
  await page.setViewportSize(desktop);
  assert.deepEqual(found, []);
  assert.deepEqual(page.faults, []);
});

test('the keyboard reaches the main heading of each screen from its beginning', async () => {
  const missed = [];
  for (const { name, path } of places) {
    await open(page, path);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    await isReady(page);
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press('Tab');
    if (!(await page.evaluate(() => document.activeElement?.getAttribute('href') === '#content'))) missed.push(`${name}: the way past the bars is not first`);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    if (!(await page.evaluate(() => document.getElementById('content')?.contains(document.activeElement)))) missed.push(`${name}: nothing in the content takes the focus`);
  }
  assert.deepEqual(missed, []);
});

test('axe finds nothing on the composer, the palette and a dialog', async () => {
  await native(page, 'PATCH', '/me', { theme: 'light' });
  const found = [];
  const look = async (name) => {
    await keepPicture(page, `${name}-light`);
    found.push(...(await findings(page)).map((finding) => `${name}: ${finding}`));
  };
  await open(page, places.find(({ name }) => name === 'ticket').path);
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  await page.getByRole('textbox', { name: 'Answer' }).waitFor();
  await look('composer');
  await page.getByRole('tab', { name: 'Comment' }).click();
  await page.getByRole('textbox', { name: 'Comment' }).waitFor();
  await look('composer-comment');
  await open(page, 'tickets');
  await page.getByText('The lens is dusty').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await look('palette');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'New ticket' }).first().click();
  await page.getByRole('dialog', { name: 'New ticket' }).getByRole('textbox', { name: 'Description' }).waitFor();
  await look('new-ticket');
  assert.deepEqual(found, []);
});

test('axe finds nothing at the entrance', async () => {
  const outside = await newPage(browser, office);
  for (const path of ['signin', 'forgotten', 'reset/old', 'invitation/old']) {
    await outside.goto(`/${path}`);
    await outside.getByRole('heading', { level: 1 }).waitFor();
    await isReady(outside);
    await keepPicture(outside, `${path.replace('/', '-')}-light`);
    assert.deepEqual(await findings(outside), [], path);
  }
  await outside.context().close();
});
