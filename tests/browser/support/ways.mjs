// How one gets around on a wide screen and on a small one. A phone has a bar at the bottom in place of the modules and the rail,
// menus in place of the list of views, and one part of a ticket or of a board at a time.
import { until } from './processes.mjs';

/** Below this the screen is small, as the style sheets say. */
const small_max = 767;
const isSmall = (page) => page.viewportSize().width <= small_max;
const exact = true;

const mainBar = (page) => page.getByRole('navigation', { name: 'Main navigation' });
const modules = (page) => page.getByRole('navigation', { name: 'Modules' });
const viewList = (page) => page.getByRole('navigation', { name: 'Views' });
const viewMenu = (page) => page.getByRole('combobox', { name: 'View', exact });
const more = (page) => mainBar(page).getByRole('button', { name: /^More/ });

/** Opens a screen by the bar that names it: "Contacts", "Settings". */
export async function goTo(page, place) {
  const inBar = mainBar(page).getByRole('link', { name: place, exact });
  if (!isSmall(page)) return inBar.or(modules(page).getByRole('link', { name: place, exact })).click();
  await mainBar(page).getByRole('link').first().waitFor();
  if ((await inBar.count()) > 0) return inBar.click();
  await more(page).click();
  return page.getByRole('menuitem', { name: place, exact }).click();
}

/** The modules and screens that the bars name, in their order. */
export async function placesOf(page) {
  if (!isSmall(page)) return modules(page).getByRole('link').allInnerTexts();
  const in_reach = await mainBar(page).getByRole('link').allInnerTexts();
  await more(page).click();
  await page.getByRole('menuitem', { name: 'Settings' }).waitFor();
  const others = await page.getByRole('menuitem').allInnerTexts();
  await page.keyboard.press('Escape');
  // A wide screen names these elsewhere.
  return [...in_reach, ...others.filter((name) => !['Worked time', 'Settings'].includes(name))];
}

/** Shows what is known about the ticket, and gives that part of the screen. */
export async function showDetails(page) {
  await showPart(page, 'Details');
  return page.getByRole('complementary', { name: 'Details' });
}

/** Shows what was said on the ticket, and the answer. */
export function showConversation(page) {
  return showPart(page, 'Conversation');
}

async function showPart(page, name) {
  if (!isSmall(page)) return;
  const parts = page.getByRole('radiogroup', { name: 'Parts of the ticket' });
  await parts.waitFor();
  if (!(await parts.getByRole('radio', { name }).isChecked())) await parts.getByText(name, { exact }).click();
}

/** The part of the board with this status. */
export async function showColumn(page, name) {
  const column = page.getByRole('region', { name, exact });
  if (isSmall(page)) {
    await page.getByRole('region').first().waitFor();
    if ((await column.count()) === 0) {
      await page.getByRole('combobox', { name: 'Status', exact }).click();
      await page.getByRole('option', { name: new RegExp(`^${name} `) }).click();
    }
  }
  return column;
}

/** Chooses a view of the queue. */
export async function showView(page, name) {
  if (!isSmall(page)) return viewList(page).getByRole('link', { name }).first().click();
  await viewMenu(page).click();
  return viewOption(page, name).click();
}

const viewOption = (page, name) => page.getByRole('option', { name: new RegExp(`^${name}( \\(|$)`) });

/** Every view that is offered: "Shared tickets 1". */
export async function viewsOf(page) {
  if (!isSmall(page)) {
    await viewList(page).getByRole('link').first().waitFor();
    return viewList(page).getByRole('link').evaluateAll((links) => links.map((link) => link.innerText.replace(/\s+/g, ' ').trim()));
  }
  await viewMenu(page).click();
  await page.getByRole('option').first().waitFor();
  const names = await page.getByRole('option').allInnerTexts();
  await page.keyboard.press('Escape');
  return names.map((name) => name.replace(/ \((\S+)\)$/, ' $1'));
}

/** Waits until a view is offered with this count: "Shared tickets 1". */
export function waitForView(page, name_and_count) {
  return until(`the view ${name_and_count}`, async () => (await viewsOf(page)).includes(name_and_count));
}

/** A list of views marks the one whose condition no longer holds; a menu of views does not. */
export async function waitForFaultyView(page, name) {
  if (isSmall(page)) return waitForView(page, name);
  return viewList(page).getByRole('link', { name }).getByRole('img', { name: 'A condition no longer holds' }).waitFor();
}

/** Opens what can be done with a view that somebody made; a small screen offers it for the view that it shows. */
export async function openViewActs(page, name) {
  const acts = page.getByRole('button', { name: `Actions for ${name}`, exact });
  if (isSmall(page) && (await acts.count()) === 0) await showView(page, name);
  await acts.click();
}
