import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { axeFaults } from '../support/axe-faults.ts';
import { PageUnderTest, atRest, card, paste } from '../support/page-under-test.ts';

const shop = readFileSync(new URL('../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');

// A browser that shares its machine with others takes its time.
vi.setConfig({ testTimeout: 120_000 });

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

/** The text of an object of the shop, with the cursor at the end of a line that holds some words. */
async function withText(
  [kind, name]: readonly [string, string],
  steps: (page: Page) => Promise<void>,
  options: Parameters<PageUnderTest['visit']>[1] = {},
): Promise<void> {
  await site.visit(async ({ page }) => {
    page.setDefaultTimeout(15_000);
    await page.getByRole('button', { name: /^(Export|导出)$/ }).waitFor();
    await paste(page, shop);
    await atRest(card(page, kind, name));
    await page.keyboard.press('Shift+Digit1');
    await atRest(card(page, kind, name));
    await card(page, kind, name).click({ position: { x: 30, y: 8 } });
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.locator('.inspector .cm-content').waitFor();
    await steps(page);
  }, options);
}

function editor(page: Page) {
  return page.locator('.inspector .cm-content');
}

async function endOf(page: Page, words: string): Promise<void> {
  await page.locator('.inspector .cm-line', { hasText: words }).first().click();
  await page.keyboard.press('End');
}

const offers = (page: Page) => page.locator('.cm-tooltip-autocomplete li');

/** Takes the offer that is marked; the editor takes no Enter within the first moments of a list, lest it be meant for the text. */
async function take(page: Page, label: string): Promise<void> {
  await page.locator('.cm-tooltip-autocomplete li[aria-selected]', { hasText: label }).waitFor();
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
}

describe('the text of an object', () => {
  it('offers the fields that the schema knows, then what the field takes, and writes them where they belong', () =>
    withText(['Deployment', 'web'], async (page) => {
      await endOf(page, 'spec:');
      await page.keyboard.press('Enter');
      await page.keyboard.type('strat');
      await page.getByText('The deployment strategy to use').waitFor();
      await take(page, 'strategy');
      await page.keyboard.type('ty');
      await take(page, 'type');
      await offers(page).filter({ hasText: 'RollingUpdate' }).waitFor();
      expect(await offers(page).allInnerTexts()).toEqual(['Recreate', 'RollingUpdate']);
      await take(page, 'Recreate');
      await expect.poll(() => editor(page).innerText()).toContain('spec:\n  strategy:\n    type: Recreate\n');
      await page
        .getByRole('button', { name: /^Undo: edit YAML|^Undo: .*web/ })
        .first()
        .waitFor();
    }));

  it('offers what is there to be pointed at: names of objects, keys, ports of the container', () =>
    withText(['StatefulSet', 'mysql'], async (page) => {
      await endOf(page, 'name: mysql-root');
      await page.keyboard.press('Control+Shift+ArrowLeft');
      await page.keyboard.press('Control+Shift+ArrowLeft');
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Control+Space');
      await offers(page).filter({ hasText: 'mysql-root' }).waitFor();
      expect(await offers(page).allInnerTexts()).toEqual([expect.stringMatching(/^mysql-root/)]);
      await take(page, 'mysql-root');
      await endOf(page, 'key: password');
      await page.keyboard.press('Control+Shift+ArrowLeft');
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Control+Space');
      await offers(page).filter({ hasText: 'password' }).waitFor();
    }));

  it('says of a field under the pointer what it takes, what is filled in and what it is for', () =>
    withText(['Deployment', 'web'], async (page) => {
      await page.locator('.inspector .cm-line', { hasText: 'replicas' }).locator('span').first().hover();
      const words = page.locator('.cm-explanation-tooltip');
      await words.waitFor();
      expect(await words.innerText()).toMatch(/replicas integer[\s\S]*fills in 1[\s\S]*Number of desired pods/);
    }));

  it('keeps every letter and the cursor, however fast somebody types', () =>
    withText(['ConfigMap', 'web-config'], async (page) => {
      await endOf(page, 'MODE: production');
      await page.keyboard.press('Enter');
      const lines = Array.from({ length: 3 }, (_, at) => `LONG_NAME_${at}: "value number ${at}"`);
      for (const line of lines) {
        for (const sign of line) await page.keyboard.insertText(sign);
        await page.keyboard.press('Enter');
        // A pause takes the text over; what is typed next must not suffer.
        await page.waitForTimeout(520);
      }
      const text = await editor(page).innerText();
      for (const line of lines) expect(text).toContain(`  ${line}\n`);
      await page.keyboard.type('# here');
      await expect.poll(() => editor(page).innerText()).toContain(`${lines.at(-1)}\n  # here\n`);
      await card(page, 'ConfigMap', 'web-config').getByText('data 5').waitFor();
    }));

  it('folds, and finds in the language of the page', () =>
    withText(
      ['Deployment', 'web'],
      async (page) => {
        await page.locator('.inspector .cm-foldGutter span[title="折叠"]').first().click();
        await page.getByLabel('已折叠的行').waitFor();
        await editor(page).press('Control+f');
        const find = page.getByPlaceholder('查找');
        await find.waitFor();
        await find.fill('nginx');
        await page.getByRole('button', { name: '下一个', exact: true }).click();
        await page.locator('.cm-searchMatch-selected').waitFor();
        await page.getByText('全词匹配').waitFor();
        expect(await axeFaults(page, '.inspector', '.dock')).toEqual([]);
      },
      { locale: 'zh-CN', colorScheme: 'dark' },
    ));
});

describe('a whole file', () => {
  it('is edited as text, comments kept; cursor and card follow each other', () =>
    withText(['StatefulSet', 'mysql'], async (page) => {
      await page.getByRole('tab', { name: 'Text' }).click();
      const file = page.locator('.dock .cm-content');
      // The cursor is at the card that was selected.
      await page.locator('.dock .cm-activeLine', { hasText: 'apiVersion: apps/v1' }).waitFor();
      await page.locator('.dock .cm-line', { hasText: 'replicas: 1' }).click();
      await page.keyboard.press('End');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('4 # as many as zones');
      await card(page, 'StatefulSet', 'mysql').locator('.card-pods > *').nth(3).waitFor();
      await page.getByRole('button', { name: 'Undo: text of pasted.yaml' }).waitFor();
      // The card of the object around the cursor is selected.
      await page.keyboard.press('Control+Home');
      await page.locator('.inspector-words', { hasText: 'Namespace' }).waitFor();
      // A document that does not read stays here, with its line in the file.
      await page.keyboard.press('Control+End');
      await page.keyboard.type('\n---\nkind: [');
      await page
        .locator('.dock')
        .getByText(/^Line \d{3}:/)
        .waitFor();
      await page.locator('.dock').getByRole('button', { name: 'Take my text back' }).click();
      await expect.poll(() => file.innerText()).not.toContain('kind: [');
      expect(await page.locator('.dock .yaml-problem').count()).toBe(0);
    }));

  it('shows what has changed since the last export, and nothing right after one', () =>
    withText(['Deployment', 'web'], async (page) => {
      const download = async () => {
        await page.getByRole('button', { name: 'Export', exact: true }).click();
        const started = page.waitForEvent('download');
        await page.getByRole('button', { name: /^Download/ }).click();
        await started;
      };
      await download();
      await page.getByRole('tab', { name: 'Text' }).click();
      await page.getByText('Changes', { exact: true }).click();
      await page.getByText('Nothing has changed.').waitFor();
      await page.getByRole('tab', { name: 'Form' }).click();
      const replicas = page.getByRole('textbox', { name: /replicas/ }).first();
      await replicas.fill('5');
      await replicas.press('Enter');
      await page.locator('.dock .diff-added').waitFor();
      expect(await page.locator('.dock .diff-removed, .dock .diff-added').allInnerTexts()).toEqual([
        expect.stringMatching(/^-\s+replicas: 3$/),
        expect.stringMatching(/^\+\s+replicas: 5$/),
      ]);
      await page.getByText('Since the design was last exported').waitFor();
      expect(await axeFaults(page, '.inspector', '.dock')).toEqual([]);
      await download();
      await page.getByText('Nothing has changed.').waitFor();
    }));
});
