// The keyboard of tests/browser/support/keyboard_manner.mjs finds what it is there for.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';
import { useKeyboardAlone } from './support/keyboard_manner.mjs';

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

test('the keyboard presses what it reaches, refuses what it does not, and has no mouse', async () => {
  const page = await show(`${row}<div onclick="document.title = 'pressed'">A place</div><ul role="menu" tabindex="-1">
    <li role="menuitem" tabindex="-1" onclick="document.title = 'chosen'">A choice</li></ul>
    <input type="checkbox" aria-label="A tick"><button style="outline: none">Unmarked</button>
    <script>document.querySelectorAll('button').forEach((each) => { each.onclick = () => { document.title = each.textContent; }; })</script>`);
  useKeyboardAlone(page);
  await page.getByRole('button', { name: 'Three' }).click();
  assert.equal(await page.title(), 'Three');
  await page.getByRole('button', { name: 'One' }).click();
  assert.equal(await page.title(), 'One');
  await page.getByRole('checkbox').check();
  assert.ok(await page.getByRole('checkbox').isChecked());
  for (const name of ['A place', 'A choice'])
    await assert.rejects(page.getByText(name).click({ timeout: 1_000 }), /is not reached by keyboard/);
  await assert.rejects(page.getByRole('button', { name: 'Unmarked' }).click(), /nothing shows it/);
  assert.throws(() => page.mouse, /by keyboard alone/);
  assert.throws(() => page.getByText('A place').hover(), /by keyboard alone/);
});
