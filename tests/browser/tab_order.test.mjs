// A person without a mouse comes by the Tab key to whatever can be pressed or written in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isReady, joinAsAda, open, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';
import { makeScreens } from './support/screens.mjs';
import { tabFaults } from './support/tab_walk.mjs';

let office, browser, page;
before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = await joinAsAda(browser, office);
});
after(async () => {
  await browser?.close();
  await office?.stop();
});

test('the Tab key alone leads to whatever can be pressed on a screen, in the order of the page', async () => {
  const faults = [];
  for (const { name, path, shown } of await makeScreens(page)) {
    await open(page, path);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    if (shown) await page.getByText(shown).first().waitFor();
    await isReady(page);
    faults.push(...(await tabFaults(page)).map((fault) => `${name}: ${fault}`));
  }
  assert.deepEqual(faults, []);
  assert.deepEqual(page.faults, []);
});
