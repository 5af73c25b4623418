// A real Chromium, and what every journey does in it.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { is_looked_at, newContext } from './manner.mjs';
import { ada } from './office.mjs';
import { until } from './processes.mjs';

export { phone } from './phone_manner.mjs';

const root = new URL('../../../', import.meta.url).pathname;
const requireWeb = createRequire(`${root}web/package.json`);
const { chromium } = requireWeb('playwright-core');
const axe_source = readFileSync(requireWeb.resolve('axe-core/axe.min.js'), 'utf8');
const pictures = `${root}build/browser-pictures`;

/** How long a journey waits for what must come. Generous, because other programs may take the machine; how fast things are is measured in bench/. */
export const patience_ms = 30_000;
export const desktop = { width: 1360, height: 860 };

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.TANDEM_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'],
  });
}

/** A page of a person of its own: no cookie of another one. Faults of the page are kept in `page.faults`. */
export async function newPage(browser, office, options = {}) {
  const context = await newContext(browser, {
    baseURL: office.address, viewport: desktop, locale: 'en', reducedMotion: 'reduce', ...options,
  });
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  return page;
}

/** The end of an invitation: name, password, and in. */
export async function join(page, link, person) {
  await page.goto(link);
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('New password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
}

export async function signIn(page, person = ada) {
  await page.goto('/signin');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A page on which Ada is in, for the first time of this company. */
export async function joinAsAda(browser, office, options) {
  const page = await newPage(browser, office, options);
  await join(page, office.invitation, ada);
  return page;
}

/** Replies of who is signed in leave at once, for journeys that wait for the mail. */
export const sendsAtOnce = (page) => native(page, 'PATCH', '/me', { undo_send_seconds: 0 });

/** The id of the company whose screen is open. */
export function companyOf(page) {
  return /\/desk\/([^/]+)/.exec(page.url())[1];
}

/** Opens a screen of the company by its address. */
export function open(page, path) {
  return page.goto(`/desk/${companyOf(page)}/${path}`);
}

/** What a journey needs to be there before it begins, in the name of who is signed in. */
export function native(page, method, path, body) {
  return page.evaluate(
    async ({ method, path, body }) => {
      const session = await (await fetch('/native/session')).json();
      const answer = await fetch(`/native${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf_token },
        body: body === null ? undefined : JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.status === 204 ? null : answer.json();
    },
    { method, path, body: body ?? null },
  );
}

export function make(page, module, values) {
  return native(page, 'POST', `/desk/${companyOf(page)}/${module}`, values);
}

/** A ticket in the first department. */
export async function makeTicket(page, values) {
  const meta = await native(page, 'GET', `/desk/${companyOf(page)}/meta`);
  return make(page, 'tickets', { department: meta.departments[0].id, ...values });
}

/** A page has its heading once it is there, and no placeholder. One that stays without is looked at as it is: axe says what it lacks. */
async function hasCome(page) {
  const isThere = () => document.querySelector('h1') !== null
    && document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root') === null;
  await page.waitForFunction(isThere, undefined, { timeout: patience_ms }).catch(() => undefined);
  // What changed a moment ago has its colours two frames later.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** What axe finds against WCAG 2.2 AA and its own good practice, and what makes the page too wide. By keyboard pages look as by mouse. */
export async function findings(page) {
  if (!is_looked_at) return [];
  await hasCome(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe_source);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await page.evaluate(async (runOnly) => {
    const { violations } = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] });
    // Menus and notices stand at the end of the body by design; their own roles say what they are. One that closed meanwhile is gone.
    const isAside = (target) => {
      const place = document.querySelector(target);
      return place === null || place.closest('[data-portal], [role="dialog"], [role="menu"]') !== null;
    };
    return violations.flatMap(({ id, nodes }) => nodes
      .filter(({ target }) => id !== 'region' || !isAside(target[0]))
      .map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
  }, tags);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return overflow > 0 ? [...found, `the page is ${overflow} px too wide`] : found;
}

/** Waits until the page itself has put the cursor into this box, for keys that are pressed without naming one. */
export function hasCursor(box) {
  return until('the cursor in the box', () => box.evaluate((element) => element === document.activeElement), patience_ms);
}

/** Waits until nothing on the screen is a placeholder for what comes. */
export function isReady(page) {
  return page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root') === null);
}

/** Keeps a picture of the screen for people to look at. */
export async function keepPicture(page, name) {
  if (!is_looked_at) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png` });
}
