// Visits every screen in a real browser, keeps a picture of each and asks axe for findings.
//   node tests/screens.mjs [word…]   only screens whose name holds a word
// TANDEM_WEB is the address of the application, SCREENS_TO the folder for the pictures.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { screens } from './screen_list.mjs';

const web = process.env.TANDEM_WEB ?? 'http://127.0.0.1:5173';
const folder = process.env.SCREENS_TO ?? '../build/screens';
const email = process.env.TANDEM_EMAIL ?? 'ana@example.com';
const password = process.env.TANDEM_PASSWORD ?? 'tandem-demo';
const axe_source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wanted = process.argv.slice(2);
const looks = [
  { name: 'light', theme: 'light', locale: 'en', width: 1280, height: 860 },
  { name: 'dark', theme: 'dark', locale: 'en', width: 1280, height: 860 },
  { name: 'japanese', theme: 'light', locale: 'ja', width: 1280, height: 860 },
  { name: 'chinese', theme: 'light', locale: 'zh', width: 1280, height: 860 },
  { name: 'portuguese', theme: 'light', locale: 'pt', width: 1280, height: 860 },
  { name: 'small', theme: 'light', locale: 'en', width: 390, height: 844 },
  { name: 'small-dark', theme: 'dark', locale: 'en', width: 390, height: 844 },
  { name: 'small-portuguese', theme: 'light', locale: 'pt', width: 390, height: 844 },
  { name: 'small-japanese', theme: 'light', locale: 'ja', width: 390, height: 844 },
].filter((look) => !process.env.LOOKS || process.env.LOOKS.split(',').includes(look.name));

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
let findings = 0;

for (const look of looks) {
  const context = await browser.newContext({ viewport: look, locale: look.locale, colorScheme: look.theme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(5_000);
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && !/401|404|422/.test(message.text()) && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  const org = await signIn(page, look);
  const ordered = [...screens].sort((a, b) => Number(Boolean(a.signed_out)) - Number(Boolean(b.signed_out)));
  for (const screen of ordered) {
    if (wanted.length && !wanted.some((word) => screen.name.includes(word))) continue;
    if (screen.signed_out) await context.clearCookies();
    await page.goto(web + screen.path.replace(':org', org));
    await settle(page);
    if (screen.act) await screen.act(page, look).catch((error) => errors.push(`act: ${String(error).split('\n')[0]}`));
    if (screen.act) await settle(page);
    await page.screenshot({ path: `${folder}/${screen.name}-${look.name}.png` });
    findings += await report(page, `${screen.name}-${look.name}`, errors.splice(0));
  }
  await context.close();
}
await browser.close();
console.log(findings === 0 ? 'No finding.' : `${findings} findings.`);
process.exit(findings === 0 ? 0 : 1);

/** The event stream never ends, so the network is never idle: the screen is ready when nothing of it is a placeholder. */
async function settle(page) {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(450);
  await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root, [aria-busy=true]'), null, { timeout: 4_000 }).catch(() => undefined);
  await page.waitForTimeout(250);
}

async function signIn(page, look) {
  await page.goto(web);
  return page.evaluate(async ({ email, password, look }) => {
    const send = (method, path, body, token) => fetch(`/native${path}`, {
      method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...(token ? { 'X-CSRF-Token': token } : {}) },
    });
    const session = await (await send('POST', '/session', { email, password })).json();
    await send('PATCH', '/me', { theme: look.theme, locale: look.locale }, session.csrf_token);
    return session.organisations[0].id;
  }, { email, password, look });
}

async function report(page, name, errors) {
  await page.evaluate(axe_source);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) errors.push(`the page is ${overflow} px too wide`);
  // Menus and dialogs stand at the end of the body by design; their own roles say what they are.
  for (const violation of violations)
    if (violation.id === 'region') violation.nodes = violation.nodes.filter((node) => !/data-portal|menuitem|dialog/.test(String(node.target)));
  const found = violations.filter((violation) => violation.nodes.length > 0);
  for (const error of errors) console.log(`${name}: ${error}`);
  for (const { id, help, nodes } of found)
    console.log(`${name}: ${id}: ${help}\n    ${nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`).join('\n    ')}`);
  return found.length + errors.length;
}
