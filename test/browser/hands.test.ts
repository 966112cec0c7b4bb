import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { PageUnderTest, atRest, card, paste, typeInDialog } from '../support/page-under-test.ts';

const shop = readFileSync(new URL('../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

/** A page with the shop on it, all of it in sight. */
async function withShop(steps: (page: Page) => Promise<void>): Promise<void> {
  await site.visit(
    async ({ page }) => {
      page.setDefaultTimeout(8000);
      await page.getByRole('button', { name: /^Export$/ }).waitFor();
      await paste(page, shop);
      await atRest(card(page, 'Deployment', 'web'));
      await page.keyboard.press('Shift+Digit1');
      await atRest(card(page, 'Deployment', 'web'));
      await steps(page);
    },
    {
      viewport: { width: 1600, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    },
  );
}

async function choose(page: Page, kind: string, name: string, more = false): Promise<void> {
  await card(page, kind, name).click({ position: { x: 20, y: 8 }, modifiers: more ? ['Shift'] : [] });
}

const undo = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });

describe('hands on the canvas', () => {
  it('copies YAML that any editor takes, and pastes it under names that are free, references among it following', () =>
    withShop(async (page) => {
      await choose(page, 'Deployment', 'web');
      await choose(page, 'ConfigMap', 'web-config', true);
      await page.keyboard.press('Control+c');
      const text = await page.evaluate(() => navigator.clipboard.readText());
      expect(text).toMatch(/kind: Deployment[^]*---\n[^]*kind: ConfigMap/);
      await page.keyboard.press('Control+v');
      await undo(page, 'Undo: paste 2 objects').waitFor();
      await card(page, 'Deployment', 'web-copy').waitFor();
      await card(page, 'ConfigMap', 'web-config-copy').waitFor();
      await page
        .getByRole('img', { name: 'Reference by name from Deployment web-copy to ConfigMap web-config-copy' })
        .waitFor({ state: 'attached' });
      await page.keyboard.press('Control+z');
      await expect.poll(() => card(page, 'Deployment', 'web-copy').count()).toBe(0);
    }));

  it('cuts, duplicates, and redoes by both chords', () =>
    withShop(async (page) => {
      await choose(page, 'ServiceAccount', 'web');
      await page.keyboard.press('Control+x');
      await expect.poll(() => page.getByRole('group', { name: /^ServiceAccount, web, missing/ }).count()).toBe(1);
      await page.keyboard.press('Control+z');
      await expect.poll(() => page.getByRole('group', { name: /^ServiceAccount, web, missing/ }).count()).toBe(0);
      await page.keyboard.press('Control+Shift+z');
      await expect.poll(() => page.getByRole('group', { name: /^ServiceAccount, web, missing/ }).count()).toBe(1);
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+y');
      await expect.poll(() => page.getByRole('group', { name: /^ServiceAccount, web, missing/ }).count()).toBe(1);
    }));

  it('aligns by key, as one step', () =>
    withShop(async (page) => {
      await choose(page, 'Service', 'web');
      await choose(page, 'Deployment', 'web', true);
      await choose(page, 'Ingress', 'shop', true);
      await page.keyboard.press('Control+Shift+ArrowUp');
      await undo(page, /^Undo: move \d/).waitFor();
      const tops = await Promise.all(
        [card(page, 'Service', 'web'), card(page, 'Deployment', 'web'), card(page, 'Ingress', 'shop')].map(
          async (one) => (await atRest(one)).y,
        ),
      );
      expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(1);
      await page.keyboard.press('Control+z');
      await undo(page, /^Redo: move \d/).waitFor();
    }));

  it('walks along edges, and makes a connected card beside one', () =>
    withShop(async (page) => {
      await choose(page, 'Ingress', 'shop');
      await page.keyboard.press('Alt+ArrowRight');
      await page.getByRole('heading', { name: 'web', level: 2 }).waitFor();
      await page.getByText(/^Service · shop/).waitFor();
      await choose(page, 'Deployment', 'web');
      await page.keyboard.press('Control+ArrowDown');
      await page.getByRole('dialog').getByText('New card connected to web').waitFor();
      await typeInDialog(page, 'pvc');
      await page.keyboard.press('Enter');
      await undo(page, 'Undo: add PersistentVolumeClaim persistentvolumeclaim to web').waitFor();
      await page
        .getByRole('img', { name: /from Deployment web to PersistentVolumeClaim persistentvolumeclaim/ })
        .waitFor({ state: 'attached' });
      await page.keyboard.press('Control+z');
      await expect.poll(() => card(page, 'PersistentVolumeClaim', 'persistentvolumeclaim').count()).toBe(0);
    }));

  it('pulls a card onto the line of another with a guide, and duplicates with Alt', () =>
    withShop(async (page) => {
      const other = await atRest(card(page, 'Ingress', 'shop'));
      const box = await atRest(card(page, 'Service', 'web'));
      const target = { x: box.x + 8, y: box.y + 80 };
      await page.mouse.move(box.x + 20, box.y + 8);
      await page.mouse.down();
      await page.mouse.move(target.x + 2, target.y, { steps: 4 });
      await page.mouse.move(other.x + 20 + 3, other.y + 90 + 8, { steps: 6 });
      await page.locator('.guide').first().waitFor();
      await page.mouse.up();
      await undo(page, 'Undo: move 1').waitFor();
      expect(await page.locator('.guide').count()).toBe(0);
      expect(Math.abs((await atRest(card(page, 'Service', 'web'))).x - other.x)).toBeLessThan(1.5);
      await page.keyboard.press('Control+z');
      await atRest(card(page, 'Service', 'web'));
      const again = await atRest(card(page, 'ConfigMap', 'web-config'));
      await page.keyboard.down('Alt');
      await page.mouse.move(again.x + 20, again.y + 8);
      await page.mouse.down();
      await page.mouse.move(again.x + 60, again.y + 90, { steps: 6 });
      await page.mouse.up();
      await page.keyboard.up('Alt');
      await card(page, 'ConfigMap', 'web-config-copy').waitFor();
      const still = await atRest(card(page, 'ConfigMap', 'web-config'));
      expect(Math.abs(still.x - again.x) + Math.abs(still.y - again.y)).toBeLessThan(2);
    }));

  it('locks a card, and offers what can be done in a menu', () =>
    withShop(async (page) => {
      await card(page, 'Service', 'web').click({ button: 'right', position: { x: 20, y: 8 } });
      await page.getByRole('menu').getByText('Lock or unlock').click();
      await card(page, 'Service', 'web').getByLabel('locked').waitFor();
      const box = await atRest(card(page, 'Service', 'web'));
      await page.mouse.move(box.x + 20, box.y + 8);
      await page.mouse.down();
      await page.mouse.move(box.x + 90, box.y + 90, { steps: 4 });
      await page.mouse.up();
      const after = await atRest(card(page, 'Service', 'web'));
      expect(Math.abs(after.x - box.x)).toBeLessThan(1);
      await page.keyboard.press('Escape');
      await page.locator('.react-flow__pane').click({ button: 'right', position: { x: 8, y: 8 } });
      await page.getByRole('menu').getByText('Find a card').click();
      await typeInDialog(page, 'data 20Gi');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'mysql', level: 2 }).waitFor();
    }));

  it('fires no bare letter with a modifier or in a field, and finds keys by a word', () =>
    withShop(async (page) => {
      const isHand = () => page.locator('.canvas-hand').count();
      await page.keyboard.press('Control+h');
      expect(await isHand()).toBe(0);
      await page.keyboard.press('h');
      expect(await isHand()).toBe(1);
      await page.keyboard.press('v');
      expect(await isHand()).toBe(0);
      await choose(page, 'Deployment', 'web');
      await page.getByRole('textbox', { name: /image/ }).first().press('h');
      expect(await isHand()).toBe(0);
      await page.keyboard.press('Escape');
      await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } });
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByRole('searchbox').waitFor();
      await page.keyboard.type('align left');
      const rows = page.getByRole('dialog').locator('.keys > div');
      expect(await rows.count()).toBe(1);
      expect(await rows.innerText()).toContain('Ctrl+Shift+←');
    }));
});
