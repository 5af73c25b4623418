// Journeys on a phone: 390 x 844 pixels and a finger. What they press is seen and large enough for it, and after each test no
// page that is open scrolls sideways.
import assert from 'node:assert/strict';
import { pressableOf, sizeOf, wideParts } from './in_page.mjs';
import { until } from './processes.mjs';

export const phone = { width: 390, height: 844 };
/** CSS pixels: WCAG 2.2, 2.5.8, and what a thumb wants in the bar. */
const target_min = 24;
const bar_target_min = 44;
const pages = new Set();
const adopted = new WeakSet();

/** From now on this page is pressed by a finger, and stays as small as it is. */
export function useFinger(page) {
  pages.add(page);
  page.on('close', () => pages.delete(page));
  page.setViewportSize = async () => {};
  const refuse = (what) => { throw new Error(`${what}: a phone has no mouse`); };
  Object.defineProperty(page, 'mouse', { get: () => refuse('page.mouse') });
  const locator = Object.getPrototypeOf(page.locator('html'));
  if (adopted.has(locator)) return;
  adopted.add(locator);
  for (const name of ['dblclick', 'dragTo', 'hover']) locator[name] = () => refuse(`locator.${name}`);
  const { tap } = locator;
  locator.click = async function (options = {}) {
    await mustBeLargeEnough(this, options);
    await tap.call(this, options);
  };
  locator.check = function () { return tick(this, true); };
  locator.uncheck = function () { return tick(this, false); };
}

async function tick(locator, wanted) {
  if ((await locator.isChecked()) !== wanted) await locator.click();
  await until(`${locator} is ${wanted ? '' : 'not '}ticked`, async () => (await locator.isChecked()) === wanted);
}

async function mustBeLargeEnough(locator, { timeout }) {
  const pressed = await locator.elementHandle(timeout === undefined ? {} : { timeout });
  const control = await pressed.evaluateHandle(pressableOf);
  const { width, height, is_in_bar, is_in_words } = await control.evaluate(sizeOf);
  const least = is_in_bar ? bar_target_min : target_min;
  if (is_in_words || (width >= least && height >= least)) return;
  const words = await control.evaluate((each) => each.outerHTML.slice(0, 200));
  throw new Error(`${width} x ${height} px are too few for a finger, which wants ${least} x ${least}: ${words}`);
}

/** Of all pages that are open. */
export async function nothingScrollsSideways() {
  for (const page of pages) assert.deepEqual(await page.evaluate(wideParts), [], page.url());
}
