// A person works a lead to a won deal in CRM, and a deal in Bigin, in Japanese, by keyboard, on a wide screen and on a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { desktop, findings, hasCursor, isReady, joinAsAda, keepPicture, native, phone, startBrowser } from './support/browser.mjs';
import { startOffice } from './support/office.mjs';

let browser;

before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** Ada, in Japanese, in a new organisation that counts in yen. */
async function begin(app, viewport) {
  const office = await startOffice({ app });
  const page = await joinAsAda(browser, office);
  await native(page, 'PATCH', '/me', { locale: 'ja' });
  const home = /\/(?:crm|bigin)\/\d+/.exec(page.url())[0];
  await native(page, 'PATCH', `${home}/organisation`, { currency: 'JPY' });
  await page.setViewportSize(viewport);
  await page.goto(home);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { office, page, home };
}

/** Presses Tab until this has the cursor, as somebody without a mouse does. */
async function tabTo(page, goal) {
  await goal.waitFor();
  for (let presses = 0; presses < 120; presses += 1) {
    if (await goal.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail('Tab never came there');
}

async function look(page, name) {
  await isReady(page);
  assert.deepEqual(await findings(page), [], name);
  await keepPicture(page, name);
}

const column = (page, name) => page.getByRole('region', { name, exact: true });

for (const [size, viewport] of [['wide', desktop], ['phone', phone]]) {
  test(`in CRM a lead becomes a won deal (${size})`, async () => {
    const { office, page, home } = await begin('crm', viewport);
    try {
      await page.keyboard.press('c');
      const form = page.getByRole('dialog', { name: '見込み客を作成' });
      await hasCursor(form.getByLabel('名', { exact: true }));
      await page.keyboard.type('花子');
      await page.keyboard.press('Tab');
      await page.keyboard.type('佐藤');
      await page.keyboard.press('Tab');
      await page.keyboard.type('青葉商事');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: /佐藤/ }).waitFor();
      await look(page, `ja-lead-${size}`);
      await page.keyboard.press('v');
      const convert = page.getByRole('dialog', { name: /を変換$/ });
      await tabTo(page, convert.getByLabel('金額'));
      await page.keyboard.type('1250000');
      await look(page, `ja-convert-${size}`);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/deals\/\d+/);
      await page.getByRole('heading', { level: 1, name: '青葉商事' }).waitFor();
      await page.getByText('1,250,000').first().waitFor();
      const id = /deals\/(\d+)/.exec(page.url())[1];
      await tabTo(page, page.getByRole('button', { name: '交渉・検討' }));
      await page.keyboard.press('Enter');
      await page.locator('[aria-current="step"]', { hasText: '交渉・検討' }).waitFor();
      await tabTo(page, page.getByRole('button', { name: '受注', exact: true }));
      await page.keyboard.press('Enter');
      const win = page.getByRole('dialog', { name: '「青葉商事」を受注にしますか？' });
      await hasCursor(win.getByLabel('金額'));
      await page.keyboard.press('Control+a');
      await page.keyboard.type('1300000');
      await look(page, `ja-win-${size}`);
      await page.keyboard.press('Enter');
      await page.getByText('青葉商事を受注しました。').waitFor();
      const deal = await native(page, 'GET', `${home}/deals/${id}`);
      assert.equal(deal.outcome, 'won');
      assert.equal(Number(deal.amount), 1300000);
      await look(page, `ja-deal-won-${size}`);
      assert.deepEqual(page.faults, []);
    } finally {
      await page.context().close();
      await office.stop();
    }
  });

  test(`in Bigin a deal goes through its pipeline and is lost, with the reason (${size})`, async () => {
    const { office, page, home } = await begin('bigin', viewport);
    try {
      await page.keyboard.press('g');
      await page.keyboard.press('d');
      await page.getByRole('heading', { level: 1, name: '商談' }).waitFor();
      await page.keyboard.press('c');
      const form = page.getByRole('dialog', { name: '商談を作成' });
      await hasCursor(form.getByLabel('商談名'));
      await page.keyboard.type('看板の更新');
      await tabTo(page, form.getByLabel('金額'));
      await page.keyboard.type('480000');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: '看板の更新' }).waitFor();
      const id = /deals\/(\d+)/.exec(page.url())[1];
      await page.keyboard.press('g');
      await page.keyboard.press('d');
      const card = column(page, '見極め').getByRole('link', { name: '看板の更新' });
      await tabTo(page, card);
      await page.keyboard.press('Shift+ArrowRight');
      await page.getByText('看板の更新は「要件の把握」になりました。').waitFor({ state: 'attached' });
      await look(page, `ja-bigin-board-${size}`);
      await page.goto(`${home}/deals/${id}`);
      await page.getByRole('heading', { level: 1, name: '看板の更新' }).waitFor();
      await page.keyboard.press('e');
      const edit = page.getByRole('dialog');
      const stage = edit.getByRole('combobox', { name: 'ステージ' }).or(edit.getByRole('textbox', { name: 'ステージ' })).first();
      await tabTo(page, stage);
      assert.equal(await edit.getByLabel('失注の理由').count(), 0);
      await page.keyboard.press('Control+a');
      await page.keyboard.type('失注');
      await page.getByRole('option', { name: '失注', exact: true }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await edit.getByText('このステージで商談は失注になります。').waitFor();
      const reason = edit.getByLabel('失注の理由').first();
      await tabTo(page, reason);
      await page.keyboard.press('ArrowDown');
      await page.getByRole('option', { name: '価格' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await look(page, `ja-bigin-lose-${size}`);
      await tabTo(page, edit.getByRole('button', { name: '保存' }));
      await page.keyboard.press('Enter');
      await edit.waitFor({ state: 'detached' });
      const deal = await native(page, 'GET', `${home}/deals/${id}`);
      assert.equal(deal.outcome, 'lost');
      assert.notEqual(deal.reason_for_loss, null);
      await look(page, `ja-bigin-lost-${size}`);
      assert.deepEqual(page.faults, []);
    } finally {
      await page.context().close();
      await office.stop();
    }
  });
}
