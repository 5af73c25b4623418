// The walk by the Tab key finds what it is there for; what a manner leaves out is said, with its reason and another way.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';
import { exceptions } from './support/exceptions.mjs';
import { tabFaults } from './support/tab_walk.mjs';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

async function show(body) {
  const page = await browser.newPage();
  await page.setContent(`<!doctype html><html lang="en"><title>A page</title>${body}`);
  return page;
}

const row = '<button>One</button> <button>Two</button> <button>Three</button>';

test('a walk by the Tab key around a good page finds nothing', async () => {
  const page = await show(`${row}<p><a href="#a">A link</a> <input aria-label="Words"> <input type="radio" name="r"> <input type="radio" name="r"></p>`);
  assert.deepEqual(await tabFaults(page), []);
});

test('a walk finds what no key reaches, what shows no focus, and what comes out of order', async () => {
  const faultsOf = async (body) => (await tabFaults(await show(body))).map((fault) => fault.replace(/ <.*/, ''));
  assert.deepEqual(await faultsOf(`${row}<button tabindex="-1">Four</button>`), ['no key leads to']);
  assert.deepEqual(await faultsOf(`${row}<button style="outline: none">Four</button>`), ['nothing shows the focus on']);
  const [first, ...others] = await tabFaults(await show(`${row}<p><button tabindex="1">Four</button></p>`));
  assert.match(first, /^<button tabindex="1">Four<\/button> leads back to <button>One/);
  assert.deepEqual(others, []);
  const upside_down = '<div style="display: flex; flex-direction: column-reverse"><p><button>Low</button></p><p><button>High</button></p></div>';
  assert.match((await tabFaults(await show(upside_down)))[0], /^<button>Low<\/button> leads back to/);
});

const folder = new URL('./', import.meta.url).pathname;
const journeys = readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).map((name) => readFileSync(folder + name, 'utf8'));
const fileOf = (name) => journeys.find((text) => text.includes(`test('${name}'`));

test('a journey that is left out in a manner has another way, which that manner walks', () => {
  for (const { manner, test: name, because, instead } of exceptions) {
    assert.ok(['keyboard', 'phone'].includes(manner), manner);
    assert.ok(because.length > 0, name);
    assert.match(fileOf(name) ?? '', /import \{ test \} from '\.\/support\/manner\.mjs'/, `${name}: no such journey, or one that asks no list`);
    assert.ok(fileOf(instead), `${instead}: no such journey`);
    assert.ok(!exceptions.some((each) => each.manner === manner && each.test === instead), `${instead} is left out, too`);
  }
});
