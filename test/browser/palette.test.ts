import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeFaultsOfBothThemes } from '../support/axe-faults.ts';
import { PageUnderTest, card } from '../support/page-under-test.ts';
import type { OpenPage } from '../support/page-under-test.ts';

let site: PageUnderTest;
beforeAll(async () => {
  site = await PageUnderTest.start();
}, 900_000);

const visit = (steps: (open: OpenPage) => Promise<void>, options = {}): Promise<void> => site.visit(steps, options);

const palette = (page: Page): Locator => page.getByRole('navigation', { name: 'Palette' });
const item = (page: Page, id: string): Locator => palette(page).locator(`[data-item="${id}"]`).last();

async function carry(page: Page, from: Locator, to: { readonly x: number; readonly y: number }): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const box = (await from.boundingBox())!;
  await page.mouse.move(box.x + 40, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x - 20, to.y - 10, { steps: 4 });
  await page.mouse.move(to.x, to.y);
  await page.locator('.drag-ghost', { hasText: 'into default' }).waitFor();
  await page.mouse.up();
}

describe('the palette', () => {
  it('builds from an empty canvas: a pattern by press, a kind by drag, where it was let go', () =>
    visit(async ({ page }) => {
      await item(page, 'pattern:web').click();
      for (const kind of ['Ingress', 'Service', 'Deployment']) await card(page, kind, 'web').waitFor();
      const ingress = (await card(page, 'Ingress', 'web').boundingBox())!;
      const at = { x: ingress.x + 120, y: ingress.y + 30 };
      await carry(page, item(page, 'kind:ConfigMap'), at);
      const box = (await card(page, 'ConfigMap', 'configmap').boundingBox())!;
      expect(Math.abs(box.x + box.width / 2 - at.x)).toBeLessThan(24);
      expect(Math.abs(box.y + box.height / 2 - at.y)).toBeLessThan(24);
      // Each of them is one step.
      await page.keyboard.press('Control+z');
      await card(page, 'ConfigMap', 'configmap').waitFor({ state: 'detached' });
      await page.keyboard.press('Control+z');
      await card(page, 'Deployment', 'web').waitFor({ state: 'detached' });
    }));

  it('takes a carried item back by Escape, and one let go outside the canvas', () =>
    visit(async ({ page }) => {
      const box = (await item(page, 'kind:Deployment.apps').boundingBox())!;
      await page.mouse.move(box.x + 40, box.y + 8);
      await page.mouse.down();
      await page.mouse.move(700, 400, { steps: 3 });
      await page.keyboard.press('Escape');
      await page.mouse.up();
      await page.mouse.move(box.x + 40, box.y + 8);
      await page.mouse.down();
      await page.mouse.move(box.x + 60, box.y + 60, { steps: 3 });
      await page.mouse.up();
      expect(await page.locator('.card').count()).toBe(0);
    }));

  it('works with a finger', () =>
    visit(
      async ({ page }) => {
        await item(page, 'kind:StatefulSet.apps').tap();
        await card(page, 'StatefulSet', 'statefulset').waitFor();
      },
      { hasTouch: true },
    ));

  it('finds by short names, Chinese and old words, and answers an old word with the one of today', () =>
    visit(async ({ page }) => {
      const found: [string, string][] = [
        ['sts', 'StatefulSet'],
        ['部署', 'Deployment'],
        ['Master', 'Control-plane Node'],
        ['minion', 'Node'],
        ['headless', 'Database with storage'],
        ['petset', 'StatefulSet'],
      ];
      for (const [typed, title] of found) {
        await palette(page).getByRole('textbox').fill(typed);
        expect(await palette(page).locator('.palette-name').allInnerTexts(), typed).toContain(title);
      }
      await palette(page).getByRole('textbox').fill('master');
      await palette(page).getByText('“master” is called this today.').waitFor();
    }));

  it('is used by keyboard alone, and remembers favourites and what was used', () =>
    visit(async ({ page }) => {
      await palette(page).getByRole('textbox').fill('cm');
      await page.keyboard.press('Enter');
      await card(page, 'ConfigMap', 'configmap').waitFor();
      await palette(page).getByRole('textbox').fill('secret');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await card(page, 'Secret', 'secret').waitFor();
      await palette(page).getByRole('textbox').fill('');
      await page.reload();
      await palette(page).getByRole('button', { name: 'Favourites' }).waitFor();
      const shown = await palette(page).locator('.palette-name').allInnerTexts();
      expect(shown.slice(0, 2)).toEqual(['Secret', 'ConfigMap']);
    }));

  it('folds, opens and keeps its width', () =>
    visit(async ({ page }) => {
      await page.getByRole('separator', { name: 'Width of the palette' }).focus();
      for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight');
      await page.getByRole('button', { name: 'Fold the palette' }).click();
      await page.reload();
      await page.getByRole('button', { name: 'Open the palette' }).click();
      expect((await palette(page).boundingBox())!.width).toBeGreaterThan(265);
    }));

  it('has nothing that axe finds wrong, light or dark', () =>
    visit(async ({ page }) => {
      await item(page, 'pattern:web').click();
      await card(page, 'Deployment', 'web').waitFor();
      await page.mouse.move(700, 20);
      await page.waitForTimeout(300);
      expect(await axeFaultsOfBothThemes(page)).toEqual([]);
    }));
});
