// The finger of tests/browser/support/phone_manner.mjs finds what it is there for.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';
import { wideParts } from './support/in_page.mjs';
import { phone, useFinger } from './support/phone_manner.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

async function show(body, options = {}) {
  const page = await (await browser.newContext(options)).newPage();
  await page.setContent(`<!doctype html><html lang="en"><title>A page</title>${body}`);
  return page;
}

const row = '<button>One</button> <button>Two</button> <button>Three</button>';

test('a finger misses what is too small, and a phone finds what scrolls sideways', async () => {
  const page = await show(`${row}<button style="width: 20px; height: 20px; padding: 0" aria-label="Tiny"></button>
    <nav style="position: fixed; left: 0; right: 0; bottom: 0"><button style="height: 40px; width: 60px">Bar</button></nav>
    <script>document.querySelectorAll('button').forEach((each) => { each.onclick = () => { document.title = each.textContent; }; })</script>
    <style>button { min-height: 24px } [aria-label] { min-height: 0 }</style>`, { viewport: phone, hasTouch: true });
  useFinger(page);
  await page.getByRole('button', { name: 'Two' }).click();
  assert.equal(await page.title(), 'Two');
  await assert.rejects(page.getByRole('button', { name: 'Tiny' }).click(), /20 x 20 px are too few for a finger, which wants 24 x 24/);
  await assert.rejects(page.getByRole('button', { name: 'Bar' }).click(), /60 x 40 px are too few for a finger, which wants 44 x 44/);
  assert.deepEqual(await page.evaluate(wideParts), []);
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<div style="overflow: auto"><p style="width: 500px">Wide</p></div>'));
  assert.match((await page.evaluate(wideParts)).join(), /scrolls sideways by 1\d\d px/);
});
