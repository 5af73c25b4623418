// The same journeys in three manners, chosen by TANDEM_JOURNEYS: "mouse" on a wide screen, as usual; "keyboard", where nothing
// is done by a mouse; "phone", where every page is small and pressed by a finger.
import { afterEach, test as nodeTest } from 'node:test';
import { exceptions } from './exceptions.mjs';
import { useKeyboardAlone } from './keyboard_manner.mjs';
import { nothingScrollsSideways, phone, useFinger } from './phone_manner.mjs';

/** What a manner asks of a browser's context, does to each page, and holds after each test; whether its pages look like others. */
const manners = {
  mouse: { options: {}, adopt: () => {}, hold: () => {}, is_looked_at: true },
  keyboard: { options: {}, adopt: useKeyboardAlone, hold: () => {}, is_looked_at: false },
  phone: { options: { viewport: phone, hasTouch: true }, adopt: useFinger, hold: nothingScrollsSideways, is_looked_at: true },
};

const manner = process.env.TANDEM_JOURNEYS ?? 'mouse';
if (!Object.hasOwn(manners, manner)) throw new Error(`TANDEM_JOURNEYS is one of ${Object.keys(manners).join(', ')}, not "${manner}"`);
const chosen = manners[manner];
afterEach(() => chosen.hold());

/** In this manner there is something new for axe and for people who look at pictures. */
export const { is_looked_at } = chosen;

/** A context of the browser, all of whose pages are used in this manner; what the manner asks goes before `options`. */
export async function newContext(browser, options) {
  const context = await browser.newContext({ ...options, ...chosen.options });
  context.on('page', chosen.adopt);
  return context;
}

/** A test of Node's, except in a manner for which the list of exceptions names it. */
export function test(name, body) {
  if (!exceptions.some((each) => each.manner === manner && each.test === name)) nodeTest(name, body);
}
