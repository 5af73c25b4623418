// Journeys without a mouse. What they press is reached by real presses of the Tab key from where the focus is, and by arrows
// within a menu, a list of options, tabs or radios; it must then have the focus, show it, and answer to the key of its role.
import { setTimeout as pause } from 'node:timers/promises';
import { hasCaret, keyFor, lookOf, obstacleTo, pressableOf, standing } from './in_page.mjs';
import { until } from './processes.mjs';

const patience_ms = 30_000;
const again_ms = 50;
/** Presses of Tab and of arrows on one way: more than any screen has stops, so that the way leads once around the page. */
const presses_max = 400;
/** As many are pressed at once, as by a key that is held down. */
const held_max = 30;
/** How long the focus may take to show. */
const mark_ms_max = 2_000;
const pointing = ['dblclick', 'dragTo', 'hover', 'tap'];
const pointing_by_selector = ['check', 'click', 'dblclick', 'dragAndDrop', 'hover', 'selectOption', 'tap', 'uncheck'];
const adopted = new WeakSet();

/** From now on nothing is done by mouse on this page; whoever tries is told so. */
export function useKeyboardAlone(page) {
  const refuse = (what) => { throw new Error(`${what}: this journey runs by keyboard alone`); };
  for (const name of ['mouse', 'touchscreen']) Object.defineProperty(page, name, { get: () => refuse(`page.${name}`) });
  for (const name of pointing_by_selector) page[name] = () => refuse(`page.${name}`);
  const locator = Object.getPrototypeOf(page.locator('html'));
  if (adopted.has(locator)) return;
  adopted.add(locator);
  const acts = actsByKey(locator);
  for (const name of pointing) acts[name] = () => refuse(`locator.${name}`);
  Object.assign(locator, acts);
}

/** The acts of a locator; all begin by going there. */
function actsByKey({ fill, press, type }) {
  const onceThere = (act) => async function (...words) {
    await reach(this, words.at(-1)?.timeout);
    return act.apply(this, words);
  };
  return {
    fill: onceThere(fill),
    focus: onceThere(() => {}),
    press: onceThere(press),
    type: onceThere(type),
    async click(options = {}) {
      const key = await (await reach(this, options.timeout)).evaluate(keyFor);
      if (key !== null) await this.page().keyboard.press(key);
    },
    check() { return tick(this, true); },
    uncheck() { return tick(this, false); },
    /** A choice is found by typing its words. */
    async selectOption(words) {
      const select = await reach(this);
      await this.page().keyboard.type(words);
      await until(`${words} is chosen`, () => select.evaluate((element) => element.selectedOptions[0]?.label).then((label) => label === words));
    },
  };
}

async function tick(locator, wanted) {
  await reach(locator);
  // The arrows that lead to a radio choose it.
  if ((await locator.isChecked()) !== wanted) await locator.page().keyboard.press('Space');
  await until(`${locator} is ${wanted ? '' : 'not '}ticked`, async () => (await locator.isChecked()) === wanted);
}

/** Brings the focus there, and gives the element that has it. */
async function reach(locator, timeout = patience_ms) {
  const deadline = Date.now() + timeout;
  let obstacle;
  do {
    try {
      const found = await locator.elementHandle({ timeout: Math.max(1, deadline - Date.now()) });
      const element = await found.evaluateHandle(pressableOf);
      obstacle = (await element.evaluate(obstacleTo)) || (await walkTo(locator.page(), element));
      if (obstacle === '') return element;
    } catch (error) {
      if (/strict mode violation|shows it/.test(error.message)) throw error;
      // The page was drawn anew meanwhile, or never has it.
      obstacle = error.message;
    }
    await pause(again_ms);
  } while (Date.now() < deadline);
  throw new Error(`${locator} is not reached by keyboard: ${obstacle}`);
}

async function walkTo(page, element) {
  const before = await element.evaluate(lookOf);
  let left = Infinity;
  let direction = null;
  for (let presses = 0; presses < presses_max;) {
    const { is_here, is_in, arrow, tab, stops } = await element.evaluate(standing);
    if (is_here) {
      if (presses === 0 || (await isMarkedWhileHere(element, before))) return '';
      continue;
    }
    // What seemed to lie between was not it: step by step from now on, and around the whole page if need be.
    if (!is_in && stops >= left) direction ??= tab;
    left = stops;
    const held = is_in || direction !== null ? 1 : Math.min(held_max, Math.max(1, stops));
    await press(page, is_in ? arrow : direction ?? tab, held);
    presses += held;
  }
  return `${presses_max} presses of keys do not lead to it`;
}

function press(page, key, times) {
  return Promise.all(Array.from({ length: times }, () => page.keyboard.press(key)));
}

/** Waits for the mark of the focus; false when the page took the focus elsewhere meanwhile, as to an input that it refuses. */
async function isMarkedWhileHere(element, before) {
  let is_here = true;
  const isMarkedOrGone = async () => {
    ({ is_here } = await element.evaluate(standing));
    return !is_here || (await element.evaluate(hasCaret)) || (await element.evaluate(lookOf)) !== before;
  };
  const words = await element.evaluate((each) => each.outerHTML.slice(0, 200));
  await until('a mark', isMarkedOrGone, mark_ms_max).catch(() => { throw new Error(`It has the focus, and nothing shows it: ${words}`); });
  return is_here;
}
