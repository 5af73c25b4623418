// The screens of Desk. A ticket has another id on every server, so it is opened from its list.
const open = (list, act) => ({
  path: `/desk/:org/${list}`,
  act: async (page, look) => {
    await page.locator('[role=table] a').first().click();
    await page.waitForTimeout(900);
    if (act) await act(page, look);
  },
});
const press = (key) => async (page) => {
  await page.keyboard.press(key);
  await page.waitForTimeout(900);
};

export const desk_screens = [
  { name: 'desk-queue', path: '/desk/:org/tickets' },
  { name: 'desk-queue-mine', path: '/desk/:org/tickets?view=mine&sort=due_at' },
  {
    name: 'desk-queue-chosen', path: '/desk/:org/tickets',
    act: async (page) => {
      for (const key of ['j', 'x', 'j', 'x', 'j']) await page.keyboard.press(key);
    },
  },
  {
    name: 'desk-board', path: '/desk/:org/tickets',
    act: async (page) => {
      await page.evaluate(() => localStorage.setItem('tandem.queue_shape', 'board'));
      await page.reload();
      await page.locator('[data-card]').first().waitFor();
      await page.evaluate(() => localStorage.setItem('tandem.queue_shape', 'list'));
    },
  },
  { name: 'desk-queue-export', path: '/desk/:org/tickets', act: (page) => page.locator('main header button:has(.tabler-icon-download)').click() },
  { name: 'desk-view-builder', path: '/desk/:org/tickets', act: (page) => page.locator('button:has(.tabler-icon-plus)').first().click() },
  {
    name: 'desk-more-places', path: '/desk/:org/tickets',
    act: async (page, look) => {
      if (look.width < 768) await page.getByRole('navigation').getByRole('button').first().click();
    },
  },
  { name: 'desk-queue-empty', path: '/desk/:org/tickets?filter={"field":"subject","is":"no such thing"}' },
  { name: 'desk-new-ticket', path: '/desk/:org/tickets', act: press('c') },
  { name: 'desk-ticket', ...open('tickets') },
  { name: 'desk-ticket-failed', ...open('tickets?filter={"field":"send_failed","is":true}') },
  { name: 'desk-ticket-reply', ...open('tickets', press('r')) },
  { name: 'desk-ticket-forward', ...open('tickets?sort=-created_at', press('f')) },
  { name: 'desk-ticket-comment', ...open('tickets?view=unassigned', press('n')) },
  { name: 'desk-ticket-menu', ...open('tickets?view=overdue', press('m')) },
  {
    name: 'desk-ticket-history',
    ...open('tickets', async (page, look) => {
      if (look.width < 768) await page.locator('.mantine-SegmentedControl-label').last().click();
      await page.getByRole('tab').nth(1).click();
      await page.waitForTimeout(400);
    }),
  },
  { name: 'desk-contacts', path: '/desk/:org/contacts' },
  { name: 'desk-contact', ...open('contacts') },
  { name: 'desk-contact-edit', ...open('contacts', press('e')) },
  { name: 'desk-accounts', path: '/desk/:org/accounts' },
  {
    name: 'desk-account',
    ...open('accounts', async (page) => {
      await page.getByRole('tab').nth(1).click();
      await page.waitForTimeout(400);
    }),
  },
  { name: 'desk-products', path: '/desk/:org/products' },
  { name: 'desk-product', ...open('products') },
  { name: 'desk-activities', path: '/desk/:org/activities' },
  { name: 'desk-dashboard', path: '/desk/:org/dashboard' },
  { name: 'desk-dashboard-tickets', path: '/desk/:org/dashboard/tickets?figure=open' },
  { name: 'desk-time', path: '/desk/:org/time' },
  { name: 'desk-time-tickets', path: '/desk/:org/time?by=ticket' },
  { name: 'desk-time-entries', path: '/desk/:org/time?by=entry' },
  { name: 'desk-search', path: '/desk/:org/search?q=a' },
  { name: 'desk-search-tickets', path: '/desk/:org/search?q=a&module=tickets' },
  { name: 'desk-search-nothing', path: '/desk/:org/search?q=zzzzqqq' },
];
